import * as tf from "@tensorflow/tfjs";

/** x without its fraction. */
export function truncate(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.sign(x), tf.floor(tf.abs(x)));
}
