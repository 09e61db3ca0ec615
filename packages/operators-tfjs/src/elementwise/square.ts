import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of square. */
export const squareKernels = unaryKernels({
  forward: (x) => tf.square(x),
  slope: (x) => tf.mul(x, 2),
});
