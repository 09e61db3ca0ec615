import * as tf from "@tensorflow/tfjs";

/** Rows along the last axis with mean 0 and variance 1, and what was taken from them, with a last axis of size 1. */
export interface Standardized {
  readonly rows: tf.Tensor;
  readonly mean: tf.Tensor;
  /** sqrt(variance + eps) */
  readonly std: tf.Tensor;
}

/** Brings the rows along the last axis to mean 0 and variance 1. */
export function standardize(x: tf.Tensor, eps: number): Standardized {
  const mean = tf.mean(x, -1, true);
  const centered = tf.sub(x, mean);
  const std = tf.sqrt(tf.add(tf.mean(tf.square(centered), -1, true), eps));
  return { rows: tf.div(centered, std), mean, std };
}

/** The gradient of `standardize` from that of its rows: (dy - mean(dy) - rows mean(dy rows)) / std. */
export function standardizeGradient(dy: tf.Tensor, rows: tf.Tensor, std: tf.Tensor): tf.Tensor {
  const along = tf.mul(rows, tf.mean(tf.mul(dy, rows), -1, true));
  return tf.div(tf.sub(tf.sub(dy, tf.mean(dy, -1, true)), along), std);
}
