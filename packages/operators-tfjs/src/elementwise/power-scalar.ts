import * as tf from "@tensorflow/tfjs";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _power_scalar. */
export const powerScalarKernels = scalarKernels({
  forward: (x, s) => tf.pow(x, s),
  slope: (x, _, scalar) => (scalar === 1 ? 1 : tf.mul(tf.pow(x, scalar - 1), scalar)),
});
