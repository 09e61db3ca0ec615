import { sizeOf } from "@mxgraft/base";
import type { SequenceAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { takeRows } from "./rows.ts";
import { sequenceSteps } from "./sequence-steps.ts";

/** Each sequence turned round, which undoes itself. */
function turned(data: tf.Tensor, axis: number, lengths: tf.Tensor | undefined): tf.Tensor {
  if (!lengths) return tf.reverse(data, axis);
  const { step, length, stepStride, start } = sequenceSteps(data.shape, axis, lengths);
  const opposite = tf.sub(tf.sub(length, tf.scalar(1, "int32")), step);
  const behind = tf.add(step, tf.zerosLike(opposite));
  const from = tf.where(tf.less(step, length), opposite, behind);
  const ids = tf.add(tf.mul(from, tf.scalar(stepStride, "int32")), start);
  const rows = sizeOf(data.shape.slice(0, 2));
  return tf.reshape(takeRows(tf.reshape(data, [rows, data.size / rows]), ids), data.shape);
}

const portable: TfjsKernel<SequenceAttributes> = {
  forward: ({ attributes: { axis }, inputs: [data, lengths] }) => (data ? [turned(data, axis, lengths)] : []),
  backward: ({ attributes: { axis }, headGradients: [dy], inputs: [, lengths] }) =>
    dy ? [turned(dy, axis, lengths)] : [],
};

/** Kernels of SequenceReverse. */
export const sequenceReverseKernels: KernelTable<SequenceAttributes> = { portable };
