import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of rsqrt. */
export const rsqrtKernels = unaryKernels({
  forward: (x) => tf.rsqrt(x),
  slope: (_, y) => tf.mul(tf.mul(tf.square(y), y), -0.5),
});
