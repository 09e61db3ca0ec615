import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of log2. */
export const log2Kernels = unaryKernels({
  forward: (x) => tf.mul(tf.log(x), Math.LOG2E),
  slope: (x) => tf.div(Math.LOG2E, x),
});
