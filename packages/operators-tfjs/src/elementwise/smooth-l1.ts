import * as tf from "@tensorflow/tfjs";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of smooth_l1. */
export const smoothL1Kernels = scalarKernels({
  forward: (x, s) => {
    const square = tf.square(s);
    const inner = tf.minimum(tf.maximum(x, tf.neg(tf.reciprocal(square))), tf.reciprocal(square));
    return tf.mul(tf.mul(inner, square), tf.sub(x, tf.mul(inner, 0.5)));
  },
  slope: (x, _, scalar) => tf.clipByValue(tf.mul(x, scalar * scalar), -1, 1),
});
