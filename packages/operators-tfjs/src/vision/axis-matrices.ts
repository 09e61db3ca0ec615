import * as tf from "@tensorflow/tfjs";

/** A linear map of the rows and columns of images: output = rows x columns^T. */
export interface AxisMatrices {
  /** (H', H) */
  readonly rows: tf.Tensor2D;
  /** (W', W) */
  readonly columns: tf.Tensor2D;
}

/** A matrix of `to` x `from` numbers, from its non-zero elements. */
export function axisMatrix(
  to: number,
  from: number,
  elements: (row: number) => readonly (readonly [column: number, value: number])[],
): tf.Tensor2D {
  const values = new Float32Array(to * from);
  for (let row = 0; row < to; row++) {
    for (const [column, value] of elements(row)) {
      values[row * from + column] = (values[row * from + column] ?? 0) + value;
    }
  }
  return tf.tensor2d(values, [to, from]);
}

/** x (.., A, B) times a matrix (B', B) along the last axis, the last two axes then exchanged: (.., B', A). */
function alongLast(x: tf.Tensor3D, matrix: tf.Tensor2D, transposed: boolean): tf.Tensor3D {
  const [images, rows, columns] = x.shape;
  const product = tf.matMul(tf.reshape<tf.Rank.R2>(x, [images * rows, columns]), matrix, false, !transposed);
  return tf.transpose<tf.Tensor3D>(tf.reshape(product, [images, rows, -1]), [0, 2, 1]);
}

function apply(x: tf.Tensor, { rows, columns }: AxisMatrices, transposed: boolean): tf.Tensor {
  const [height = 1, width = 1] = x.shape.slice(-2);
  const images = tf.reshape<tf.Rank.R3>(x, [-1, height, width]);
  const result = alongLast(alongLast(images, columns, transposed), rows, transposed);
  return tf.reshape(result, [...x.shape.slice(0, -2), ...result.shape.slice(1)]);
}

/** Maps images (..., H, W) to (..., H', W'). */
export function applyAxisMatrices(x: tf.Tensor, matrices: AxisMatrices): tf.Tensor {
  return apply(x, matrices, false);
}

/** The gradient of `applyAxisMatrices`: maps (..., H', W') to (..., H, W) with the transposed matrices. */
export function applyAxisMatricesGradient(dy: tf.Tensor, matrices: AxisMatrices): tf.Tensor {
  return apply(dy, matrices, true);
}
