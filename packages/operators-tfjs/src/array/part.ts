import * as tf from "@tensorflow/tfjs";

/** A part of a tensor along one axis. */
export function part(x: tf.Tensor, axis: number, begin: number, count: number): tf.Tensor {
  return tf.slice(x, new Array<number>(x.rank).fill(0).with(axis, begin), x.shape.with(axis, count));
}
