import * as tf from "@tensorflow/tfjs";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _maximum_scalar. */
export const maximumScalarKernels = scalarKernels({
  forward: (x, s) => tf.maximum(x, s),
  slope: (x, _, scalar) => tf.cast(tf.greaterEqual(x, scalar), "float32"),
});
