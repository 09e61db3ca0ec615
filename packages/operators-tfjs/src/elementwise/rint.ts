import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of rint. */
export const rintKernels = unaryKernels({
  forward: (x) => {
    const whole = tf.floor(x);
    return tf.add(whole, tf.cast(tf.greater(tf.sub(x, whole), 0.5), "float32"));
  },
});
