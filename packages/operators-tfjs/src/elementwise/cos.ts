import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of cos. */
export const cosKernels = unaryKernels({
  forward: (x) => tf.cos(x),
  slope: (x) => tf.neg(tf.sin(x)),
});
