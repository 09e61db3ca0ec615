import { type Shape, sizeOf, stridesOf } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";

/** Where coordinates (M, ...) point in the rows that the first M axes of a shape number, and how many rows there are. */
export function rowsAt(coordinates: tf.Tensor, shape: Shape): { readonly ids: tf.Tensor; readonly rows: number } {
  const [count = 0] = coordinates.shape;
  const indexed = shape.slice(0, count);
  const whole = tf.reshape(tf.cast(coordinates, "int32"), [count, coordinates.size / count]);
  const column = (values: readonly number[]) => tf.tensor([...values], [count, 1], "int32");
  // Negative coordinates count from the end, as in MXNet.
  const size = column(indexed);
  const positive = tf.mod(tf.add(whole, size), size);
  return { ids: tf.sum(tf.mul(positive, column(stridesOf(indexed))), 0), rows: sizeOf(indexed) };
}
