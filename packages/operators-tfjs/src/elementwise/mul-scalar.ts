import * as tf from "@tensorflow/tfjs";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _mul_scalar. */
export const mulScalarKernels = scalarKernels({
  forward: (x, s) => tf.mul(x, s),
  slope: (_x, _y, scalar) => scalar,
});
