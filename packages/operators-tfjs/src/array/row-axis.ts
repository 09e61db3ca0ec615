import { normalizeAxis } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";

function moved(x: tf.Tensor, from: number, to: number): tf.Tensor {
  if (from === to) return x;
  const axes = Array.from({ length: x.rank }, (_, i) => i).filter((i) => i !== from);
  return tf.transpose(x, axes.toSpliced(to, 0, from));
}

/** A tensor with the axis of the rows where matrices have it, before the last; itself when it is there. */
export function rowsBeforeColumns(x: tf.Tensor, axis: number): tf.Tensor {
  return moved(x, normalizeAxis(axis, x.rank, 'attribute "axis"'), x.rank - 2);
}

/** The opposite of `rowsBeforeColumns`. */
export function rowsAtAxis(x: tf.Tensor, axis: number): tf.Tensor {
  return moved(x, x.rank - 2, normalizeAxis(axis, x.rank, 'attribute "axis"'));
}
