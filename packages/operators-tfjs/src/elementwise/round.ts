import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of round. */
export const roundKernels = unaryKernels({
  forward: (x) => {
    const whole = tf.floor(tf.abs(x));
    const up = tf.greaterEqual(tf.sub(tf.abs(x), whole), 0.5);
    return tf.mul(tf.sign(x), tf.add(whole, tf.cast(up, "float32")));
  },
});
