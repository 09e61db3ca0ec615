import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of arctanh. */
export const arctanhKernels = unaryKernels({
  forward: (x) => tf.atanh(x),
  slope: (x) => tf.reciprocal(tf.sub(1, tf.square(x))),
});
