import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of arccos. */
export const arccosKernels = unaryKernels({
  forward: (x) => tf.acos(x),
  slope: (x) => tf.neg(tf.rsqrt(tf.sub(1, tf.square(x)))),
});
