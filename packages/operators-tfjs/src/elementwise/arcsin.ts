import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of arcsin. */
export const arcsinKernels = unaryKernels({
  forward: (x) => tf.asin(x),
  slope: (x) => tf.rsqrt(tf.sub(1, tf.square(x))),
});
