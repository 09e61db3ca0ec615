import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of exp. */
export const expKernels = unaryKernels({
  forward: (x) => tf.exp(x),
  slope: (_, y) => y,
});
