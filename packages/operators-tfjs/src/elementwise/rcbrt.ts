import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of rcbrt. */
export const rcbrtKernels = unaryKernels({
  forward: (x) => tf.mul(tf.sign(x), tf.pow(tf.abs(x), -1 / 3)),
  slope: (_, y) => tf.mul(tf.square(tf.square(y)), -1 / 3),
});
