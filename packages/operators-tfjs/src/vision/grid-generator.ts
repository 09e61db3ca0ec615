import type { Shape } from "@mxgraft/base";
import type { GridGeneratorAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { affineGrid, affineGridGradient } from "./affine-grid.ts";

/** How much of -1..1 a pixel is, along x and y: (2, 1, 1). */
function pixelSize([, , height = 1, width = 1]: Shape): tf.Tensor {
  return tf.tensor([2 / Math.max(width - 1, 1), 2 / Math.max(height - 1, 1)], [2, 1, 1]);
}

/** x and y of every pixel of a map: (2, H, W). */
function pixelPlaces([, , height = 1, width = 1]: Shape): tf.Tensor {
  const x = tf.tile(tf.reshape(tf.range(0, width), [1, 1, width]), [1, height, 1]);
  const y = tf.tile(tf.reshape(tf.range(0, height), [1, height, 1]), [1, 1, width]);
  return tf.concat([x, y], 0);
}

const portable: TfjsKernel<GridGeneratorAttributes> = {
  forward({ attributes: { transform_type, target_shape }, inputs: [data] }) {
    if (!data) return [];
    const [height = 1, width = 1] = target_shape;
    if (transform_type === "affine") return [affineGrid(data, height, width)];
    return [tf.sub(tf.mul(tf.add(data, pixelPlaces(data.shape)), pixelSize(data.shape)), 1)];
  },
  backward({ attributes: { transform_type }, headGradients: [dy] }) {
    if (!dy) return [];
    return [transform_type === "affine" ? affineGridGradient(dy) : tf.mul(dy, pixelSize(dy.shape))];
  },
};

/** Kernels of GridGenerator. */
export const gridGeneratorKernels: KernelTable<GridGeneratorAttributes> = { portable };
