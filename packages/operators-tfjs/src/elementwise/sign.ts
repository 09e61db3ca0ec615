import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of sign. */
export const signKernels = unaryKernels({
  forward: (x) => tf.sign(x),
});
