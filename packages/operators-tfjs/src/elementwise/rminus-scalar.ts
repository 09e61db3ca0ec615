import * as tf from "@tensorflow/tfjs";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _rminus_scalar. */
export const rminusScalarKernels = scalarKernels({
  forward: (x, s) => tf.sub(s, x),
  slope: () => -1,
});
