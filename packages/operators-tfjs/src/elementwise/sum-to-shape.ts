import type { Shape } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";

/** The sum over the axes along which an array of `shape` was repeated to that of `x`. */
export function sumToShape(x: tf.Tensor, shape: Shape): tf.Tensor {
  const missing = x.rank - shape.length;
  const axes = x.shape.flatMap((size, axis) => ((shape[axis - missing] ?? 1) === 1 && size !== 1 ? [axis] : []));
  return tf.reshape(axes.length > 0 ? tf.sum(x, axes) : x, [...shape]);
}
