import * as tf from "@tensorflow/tfjs";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _minus_scalar. */
export const minusScalarKernels = scalarKernels({
  forward: (x, s) => tf.sub(x, s),
  slope: () => 1,
});
