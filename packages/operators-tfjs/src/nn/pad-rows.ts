import type { Shape } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";

/** Rows added before and after the spatial axes of a (N, ..., C) tensor. */
export interface Rows {
  readonly before: Shape;
  readonly after: Shape;
}

/** The tensor with rows of a value around its spatial axes; itself when there are none. */
export function padRows(x: tf.Tensor, { before, after }: Rows, value: number): tf.Tensor {
  if ([...before, ...after].every((rows) => rows === 0)) return x;
  const paddings = before.map((rows, i): [number, number] => [rows, after[i] ?? 0]);
  return tf.pad(x, [[0, 0], ...paddings, [0, 0]], value);
}

/** What `padRows` put a frame around. */
export function unpadRows(x: tf.Tensor, { before, after }: Rows): tf.Tensor {
  if ([...before, ...after].every((rows) => rows === 0)) return x;
  const size = x.shape.map((rows, axis) => rows - (before[axis - 1] ?? 0) - (after[axis - 1] ?? 0));
  return tf.slice(x, [0, ...before, 0], size);
}

/** The shape of a (N, ..., C) tensor with rows around its spatial axes. */
export function framedShape(shape: Shape, { before, after }: Rows): number[] {
  return shape.map((size, axis) => size + (before[axis - 1] ?? 0) + (after[axis - 1] ?? 0));
}
