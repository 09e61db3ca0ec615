import * as tf from "@tensorflow/tfjs";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _greater_scalar. */
export const greaterScalarKernels = scalarKernels({
  forward: (x, s) => tf.greater(x, s),
});
