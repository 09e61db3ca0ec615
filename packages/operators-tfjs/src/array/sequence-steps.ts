import * as tf from "@tensorflow/tfjs";

/** The steps and the lengths of sequences, both int32, shaped so that comparing them gives time and batch. */
export interface SequenceSteps {
  /** 0, 1, ... along the time axis: (T, 1) or, with axis 1, (1, T). */
  readonly step: tf.Tensor;
  /** (1, N) or, with axis 1, (N, 1); all of the time when there are no lengths. */
  readonly length: tf.Tensor;
  /** Rows to go on for the next step, where time and batch are numbered as one axis of rows. */
  readonly stepStride: number;
  /** The row in which each sequence starts, shaped as `length`. */
  readonly start: tf.Tensor;
}

/** What there is to know of the sequences of data (T, N, ...) or, with axis 1, (N, T, ...). */
export function sequenceSteps(shape: readonly number[], axis: number, lengths: tf.Tensor | undefined): SequenceSteps {
  const [time, batch] = [shape[axis] ?? 1, shape[1 - axis] ?? 1];
  const alongTime = axis === 0 ? [time, 1] : [1, time];
  const alongBatch = axis === 0 ? [1, batch] : [batch, 1];
  const all = lengths ? tf.cast(lengths, "int32") : tf.fill([batch], time, "int32");
  const startStride = tf.scalar(axis === 0 ? 1 : time, "int32");
  return {
    step: tf.reshape(tf.range(0, time, 1, "int32"), alongTime),
    length: tf.reshape(all, alongBatch),
    stepStride: axis === 0 ? batch : 1,
    start: tf.reshape(tf.mul(tf.range(0, batch, 1, "int32"), startStride), alongBatch),
  };
}
