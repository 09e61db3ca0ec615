import * as tf from "@tensorflow/tfjs";

/** Float32 rows of zeros with 1 at the label; labels of any shape and number type, truncated. */
export function oneHot(labels: tf.Tensor, classes: number): tf.Tensor {
  // The wasm backend makes nothing but int32 of it, whatever type is asked for.
  const hot = tf.oneHot(tf.cast(tf.reshape(labels, [-1]), "int32"), classes, 1, 0, "int32");
  return tf.cast(hot, "float32");
}
