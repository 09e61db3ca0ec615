import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of floor. */
export const floorKernels = unaryKernels({
  forward: (x) => tf.floor(x),
});
