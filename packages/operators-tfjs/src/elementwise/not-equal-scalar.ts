import * as tf from "@tensorflow/tfjs";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _not_equal_scalar. */
export const notEqualScalarKernels = scalarKernels({
  forward: (x, s) => tf.notEqual(x, s),
});
