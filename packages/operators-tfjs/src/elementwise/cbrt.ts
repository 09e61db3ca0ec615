import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of cbrt. */
export const cbrtKernels = unaryKernels({
  forward: (x) => tf.mul(tf.sign(x), tf.pow(tf.abs(x), 1 / 3)),
  slope: (_, y) => tf.div(1 / 3, tf.square(y)),
});
