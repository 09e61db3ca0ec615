import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of sigmoid. */
export const sigmoidKernels = unaryKernels({
  forward: (x) => tf.sigmoid(x),
  slope: (_, y) => tf.mul(y, tf.sub(1, y)),
});
