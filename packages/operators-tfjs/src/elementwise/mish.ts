import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of mish. */
export const mishKernels = unaryKernels({
  forward: (x) => tf.mul(x, tf.tanh(tf.softplus(x))),
  slope: (x) => {
    const t = tf.tanh(tf.softplus(x));
    return tf.add(t, tf.mul(tf.mul(x, tf.sub(1, tf.square(t))), tf.sigmoid(x)));
  },
});
