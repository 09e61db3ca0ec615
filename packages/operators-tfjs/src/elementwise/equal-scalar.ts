import * as tf from "@tensorflow/tfjs";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _equal_scalar. */
export const equalScalarKernels = scalarKernels({
  forward: (x, s) => tf.equal(x, s),
});
