import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of sqrt. */
export const sqrtKernels = unaryKernels({
  forward: (x) => tf.sqrt(x),
  slope: (_, y) => tf.div(0.5, y),
});
