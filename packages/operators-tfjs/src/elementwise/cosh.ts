import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of cosh. */
export const coshKernels = unaryKernels({
  forward: (x) => tf.cosh(x),
  slope: (x) => tf.sinh(x),
});
