import * as tf from "@tensorflow/tfjs";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _rpower_scalar. */
export const rpowerScalarKernels = scalarKernels({
  forward: (x, s) => tf.pow(s, x),
  slope: (_, y, scalar) => tf.mul(y, Math.log(scalar)),
});
