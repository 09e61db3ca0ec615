import * as tf from "@tensorflow/tfjs";

/** a modulo b with the sign of b, and 0 for b = 0, where tfjs gives NaN and TensorFlow refuses integers. */
export function modulo(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const isZero = tf.equal(b, 0);
  const remainder = tf.mod(a, tf.where(isZero, tf.onesLike(b), b));
  return tf.where(tf.broadcastTo(isZero, remainder.shape), tf.zerosLike(remainder), remainder);
}
