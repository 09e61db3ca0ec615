import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of _copy. */
export const copyKernels = unaryKernels({
  forward: (x) => tf.clone(x),
  slope: () => 1,
});
