import * as tf from "@tensorflow/tfjs";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _minimum_scalar. */
export const minimumScalarKernels = scalarKernels({
  forward: (x, s) => tf.minimum(x, s),
  slope: (x, _, scalar) => tf.cast(tf.lessEqual(x, scalar), "float32"),
});
