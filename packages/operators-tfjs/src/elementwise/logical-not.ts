import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of logical_not. */
export const logicalNotKernels = unaryKernels({
  forward: (x) => tf.equal(x, 0),
});
