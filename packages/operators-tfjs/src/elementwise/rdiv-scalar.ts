import * as tf from "@tensorflow/tfjs";
import { divide } from "./divide.ts";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _rdiv_scalar. */
export const rdivScalarKernels = scalarKernels({
  forward: (x, s) => divide(s, x),
  slope: (x, _, scalar) => tf.div(-scalar, tf.square(x)),
});
