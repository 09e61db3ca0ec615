import * as tf from "@tensorflow/tfjs";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _lesser_equal_scalar. */
export const lesserEqualScalarKernels = scalarKernels({
  forward: (x, s) => tf.lessEqual(x, s),
});
