import * as tf from "@tensorflow/tfjs";

/** The pixels of a grid as columns (x, y, 1), x and y from -1 to 1: (3, P Q). */
function pixels(height: number, width: number): tf.Tensor2D {
  const values = new Float32Array(3 * height * width).fill(1);
  for (let i = 0; i < height * width; i++) {
    // A single row or column is at the edge -1; MXNet divides 0 by 0 there.
    values[i] = ((i % width) * 2) / Math.max(width - 1, 1) - 1;
    values[height * width + i] = (Math.floor(i / width) * 2) / Math.max(height - 1, 1) - 1;
  }
  return tf.tensor2d(values, [3, height * width]);
}

/** Where the affine maps (N, 6) send the pixels of a grid: (N, 2, P, Q). */
export function affineGrid(maps: tf.Tensor, height: number, width: number): tf.Tensor {
  const rows = tf.reshape<tf.Rank.R2>(maps, [-1, 3]);
  return tf.reshape(tf.matMul(rows, pixels(height, width)), [-1, 2, height, width]);
}

/** The gradient of `affineGrid` to the maps from that of the grid. */
export function affineGridGradient(dGrid: tf.Tensor): tf.Tensor {
  const [batch = 1, , height = 1, width = 1] = dGrid.shape;
  const rows = tf.reshape<tf.Rank.R2>(dGrid, [batch * 2, height * width]);
  return tf.reshape(tf.matMul(rows, pixels(height, width), false, true), [batch, 6]);
}
