import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of radians. */
export const radiansKernels = unaryKernels({
  forward: (x) => tf.mul(x, Math.PI / 180),
  slope: () => Math.PI / 180,
});
