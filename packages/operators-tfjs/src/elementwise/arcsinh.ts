import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of arcsinh. */
export const arcsinhKernels = unaryKernels({
  forward: (x) => tf.asinh(x),
  slope: (x) => tf.rsqrt(tf.add(tf.square(x), 1)),
});
