import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of log. */
export const logKernels = unaryKernels({
  forward: (x) => tf.log(x),
  slope: (x) => tf.reciprocal(x),
});
