import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of log1p. */
export const log1pKernels = unaryKernels({
  forward: (x) => tf.log1p(x),
  slope: (x) => tf.reciprocal(tf.add(x, 1)),
});
