import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of negative. */
export const negativeKernels = unaryKernels({
  forward: (x) => tf.neg(x),
  slope: () => -1,
});
