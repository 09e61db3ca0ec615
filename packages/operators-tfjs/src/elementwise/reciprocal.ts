import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of reciprocal. */
export const reciprocalKernels = unaryKernels({
  forward: (x) => tf.reciprocal(x),
  slope: (_, y) => tf.neg(tf.square(y)),
});
