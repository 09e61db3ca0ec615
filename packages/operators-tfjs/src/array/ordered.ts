import { normalizeAxis, type Shape, sizeOf } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";
import { addRows, multiples } from "./rows.ts";

/** How an axis is ordered. */
export interface Ordering {
  /** `null`: all elements, flattened. */
  readonly axis: number | null;
  readonly ascending: boolean;
}

/** The order of axes that exchanges one axis with the last, which is its own opposite. */
function exchange(axis: number | null, rank: number): number[] {
  const all = Array.from({ length: rank }, (_, i) => i);
  if (axis === null) return all;
  const at = normalizeAxis(axis, rank, 'attribute "axis"');
  return all.with(at, rank - 1).with(rank - 1, at);
}

function exchanged(x: tf.Tensor, axis: number | null): tf.Tensor {
  const order = exchange(axis, x.rank);
  return order.every((from, i) => from === i) ? x : tf.transpose(x, order);
}

/** Elements along an axis in order, and where they come from (int32); of equal ones the first comes first. */
export function ordered(x: tf.Tensor, { axis, ascending }: Ordering, count: number) {
  const last = axis === null ? tf.reshape(x, [x.size]) : exchanged(x, axis);
  // tfjs finds the greatest only; the least are the greatest of the negative.
  const { values, indices } = tf.topk(ascending ? tf.neg(last) : last, count, true);
  return {
    values: exchanged(ascending ? tf.neg(values) : values, axis),
    indices: exchanged(indices, axis),
  };
}

/** Numbers put back to where ordered elements came from, and zeros elsewhere: the gradient of `ordered`. */
export function putBack(dy: tf.Tensor, indices: tf.Tensor, axis: number | null, shape: Shape): tf.Tensor {
  const order = exchange(axis, shape.length);
  const moved = axis === null ? [sizeOf(shape)] : order.map((from) => shape[from] ?? 1);
  const size = moved.at(-1) ?? 1;
  const rows = sizeOf(moved) / size;
  const places = tf.reshape(exchanged(tf.cast(indices, "int32"), axis), [rows, -1]);
  const starts = tf.reshape(multiples(rows, size), [rows, 1]);
  const ids = tf.add(places, starts);
  const flat = addRows(exchanged(dy, axis), ids, rows * size);
  return axis === null ? tf.reshape(flat, [...shape]) : exchanged(tf.reshape(flat, moved), axis);
}
