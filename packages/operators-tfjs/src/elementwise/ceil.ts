import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of ceil. */
export const ceilKernels = unaryKernels({
  forward: (x) => tf.ceil(x),
});
