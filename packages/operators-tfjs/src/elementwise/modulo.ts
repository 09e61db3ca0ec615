import * as tf from "@tensorflow/tfjs";

/** a modulo b with the sign of b, and 0 for b = 0, where tfjs gives NaN. */
export function modulo(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const remainder = tf.mod(a, b);
  return tf.where(tf.broadcastTo(tf.equal(b, 0), remainder.shape), tf.zerosLike(remainder), remainder);
}
