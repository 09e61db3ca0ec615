import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of sinh. */
export const sinhKernels = unaryKernels({
  forward: (x) => tf.sinh(x),
  slope: (x) => tf.cosh(x),
});
