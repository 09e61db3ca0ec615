import * as tf from "@tensorflow/tfjs";

/** Rows of a matrix by index: (R, W), ids (M) -> (M, W). */
export function takeRows(matrix: tf.Tensor, ids: tf.Tensor): tf.Tensor {
  return tf.gather(matrix, tf.reshape(ids, [ids.size]));
}

/** Rows added at indices of a matrix of zeros, the gradient of `takeRows`: (M, W), ids (M) -> (R, W). */
export function addRows(rows: tf.Tensor, ids: tf.Tensor, count: number): tf.Tensor {
  const flat: tf.Tensor1D = tf.reshape(ids, [ids.size]);
  const matrix = tf.reshape(tf.cast(rows, "float32"), [ids.size, rows.size / ids.size]);
  // Not every backend adds integers by segment.
  return tf.cast(tf.unsortedSegmentSum(matrix, flat, count), rows.dtype);
}

/** The numbers 0, step, 2 step, ... as int32. */
export function multiples(count: number, step: number): tf.Tensor1D {
  return tf.mul(tf.range(0, count, 1, "int32"), tf.scalar(step, "int32"));
}
