import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of sin. */
export const sinKernels = unaryKernels({
  forward: (x) => tf.sin(x),
  slope: (x) => tf.cos(x),
});
