import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of arctan. */
export const arctanKernels = unaryKernels({
  forward: (x) => tf.atan(x),
  slope: (x) => tf.reciprocal(tf.add(tf.square(x), 1)),
});
