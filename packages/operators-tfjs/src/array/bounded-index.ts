import * as tf from "@tensorflow/tfjs";

/** Indices as int32 within 0..size-1: without their fraction, those out of range made the nearest or going round. */
export function boundedIndex(index: tf.Tensor, size: number, mode: "clip" | "wrap" | "raise"): tf.Tensor {
  const whole = tf.cast(index, "int32");
  if (mode !== "wrap") return tf.maximum(tf.minimum(whole, tf.scalar(size - 1, "int32")), tf.scalar(0, "int32"));
  // The remainder of tfjs has the sign of the divisor.
  return tf.mod(whole, tf.scalar(size, "int32"));
}
