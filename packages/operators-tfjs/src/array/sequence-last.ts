import { type Shape, sizeOf } from "@mxgraft/base";
import type { SequenceAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { addRows, takeRows } from "./rows.ts";
import { sequenceSteps } from "./sequence-steps.ts";

/** The row of the last element of each sequence. */
function lastRows(shape: Shape, axis: number, lengths: tf.Tensor | undefined): tf.Tensor {
  const { length, stepStride, start } = sequenceSteps(shape, axis, lengths);
  const last = tf.sub(length, tf.scalar(1, "int32"));
  return tf.add(start, tf.mul(last, tf.scalar(stepStride, "int32")));
}

const portable: TfjsKernel<SequenceAttributes> = {
  forward({ attributes: { axis }, inputs: [data, lengths], outputShapes: [shape] }) {
    if (!data || !shape) return [];
    const rows = sizeOf(data.shape.slice(0, 2));
    const matrix = tf.reshape(data, [rows, data.size / rows]);
    return [tf.reshape(takeRows(matrix, lastRows(data.shape, axis, lengths)), [...shape])];
  },
  backward({ attributes: { axis }, headGradients: [dy], inputs: [, lengths], inputShapes: [shape] }) {
    if (!dy || !shape) return [];
    const rows = sizeOf(shape.slice(0, 2));
    return [tf.reshape(addRows(dy, lastRows(shape, axis, lengths), rows), [...shape])];
  },
};

/** Kernels of SequenceLast. */
export const sequenceLastKernels: KernelTable<SequenceAttributes> = { portable };
