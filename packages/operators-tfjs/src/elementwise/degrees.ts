import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of degrees. */
export const degreesKernels = unaryKernels({
  forward: (x) => tf.mul(x, 180 / Math.PI),
  slope: () => 180 / Math.PI,
});
