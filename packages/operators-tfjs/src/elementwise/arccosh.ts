import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of arccosh. */
export const arccoshKernels = unaryKernels({
  forward: (x) => tf.acosh(x),
  slope: (x) => tf.rsqrt(tf.sub(tf.square(x), 1)),
});
