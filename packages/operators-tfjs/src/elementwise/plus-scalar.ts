import * as tf from "@tensorflow/tfjs";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _plus_scalar. */
export const plusScalarKernels = scalarKernels({
  forward: (x, s) => tf.add(x, s),
  slope: () => 1,
});
