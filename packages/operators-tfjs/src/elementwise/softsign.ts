import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of softsign. */
export const softsignKernels = unaryKernels({
  forward: (x) => tf.div(x, tf.add(tf.abs(x), 1)),
  slope: (x) => tf.reciprocal(tf.square(tf.add(tf.abs(x), 1))),
});
