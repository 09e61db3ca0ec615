import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of tanh. */
export const tanhKernels = unaryKernels({
  forward: (x) => tf.tanh(x),
  slope: (_, y) => tf.sub(1, tf.square(y)),
});
