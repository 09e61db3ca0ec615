import * as tf from "@tensorflow/tfjs";

/** a / b; integers are divided towards zero as in C, where tfjs rounds down. */
export function divide(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  if (a.dtype !== "int32" || b.dtype !== "int32") return tf.div(a, b);
  return tf.cast(tf.div(tf.cast(a, "float32"), tf.cast(b, "float32")), "int32");
}
