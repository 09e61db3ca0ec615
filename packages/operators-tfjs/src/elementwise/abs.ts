import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of abs. */
export const absKernels = unaryKernels({
  forward: (x) => tf.abs(x),
  slope: (x) => tf.sign(x),
});
