import type { SequenceMaskAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { sequenceSteps } from "./sequence-steps.ts";

/** Data up to the end of each sequence, a value behind it. */
function masked(data: tf.Tensor, axis: number, lengths: tf.Tensor | undefined, value: number): tf.Tensor {
  if (!lengths) return tf.clone(data);
  const { step, length } = sequenceSteps(data.shape, axis, lengths);
  const within = tf.less(step, length);
  const shape = [...within.shape, ...data.shape.slice(2).map(() => 1)];
  return tf.where(
    tf.reshape(within, shape),
    data,
    tf.fill(data.shape, value, data.dtype === "int32" ? "int32" : "float32"),
  );
}

const portable: TfjsKernel<SequenceMaskAttributes> = {
  forward: ({ attributes: { axis, value }, inputs: [data, lengths] }) =>
    data ? [masked(data, axis, lengths, value)] : [],
  backward: ({ attributes: { axis, use_sequence_length }, headGradients: [dy], inputs: [, lengths] }) =>
    dy ? [masked(dy, axis, use_sequence_length ? lengths : undefined, 0)] : [],
};

/** Kernels of SequenceMask. */
export const sequenceMaskKernels: KernelTable<SequenceMaskAttributes> = { portable };
