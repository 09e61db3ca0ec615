import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of expm1. */
export const expm1Kernels = unaryKernels({
  forward: (x) => tf.expm1(x),
  slope: (_, y) => tf.add(y, 1),
});
