import * as tf from "@tensorflow/tfjs";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _greater_equal_scalar. */
export const greaterEqualScalarKernels = scalarKernels({
  forward: (x, s) => tf.greaterEqual(x, s),
});
