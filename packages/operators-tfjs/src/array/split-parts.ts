import type { Shape } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";
import { part } from "./part.ts";

/** The parts of a tensor along an axis between bounds, in the shapes asked for. */
export function splitParts(x: tf.Tensor, axis: number, bounds: readonly number[], shape: (part: number) => Shape) {
  return bounds.slice(0, -1).map((begin, i) => {
    const end = bounds[i + 1] ?? begin;
    return tf.reshape(part(x, axis, begin, end - begin), [...shape(i)]);
  });
}

/**
 * The parts put together again; zeros for parts that are not there.
 *
 * @param shape  of the whole; what lies before the first bound becomes 0.
 */
export function joinParts(
  parts: readonly (tf.Tensor | undefined)[],
  axis: number,
  bounds: readonly number[],
  shape: Shape,
): tf.Tensor {
  const pieces = parts.map((piece, i) => {
    const size = shape.with(axis, (bounds[i + 1] ?? 0) - (bounds[i] ?? 0));
    return piece ? tf.reshape(piece, size) : tf.zeros(size);
  });
  const before = bounds[0] ?? 0;
  if (before > 0) pieces.unshift(tf.zeros(shape.with(axis, before)));
  return tf.concat(pieces, axis);
}
