import type { Shape } from "@mxgraft/base";
import type { L2NormalizationAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

/** The axes of one vector. */
function vectorAxes({ mode }: L2NormalizationAttributes, rank: number): number[] {
  const first = mode === "spatial" ? 2 : 1;
  return Array.from({ length: (mode === "channel" ? 2 : rank) - first }, (_, i) => first + i);
}

/** The norm with an axis of size 1 for each axis of a vector. */
function spread(norm: tf.Tensor, shape: Shape, axes: readonly number[]): tf.Tensor {
  return tf.reshape(
    norm,
    shape.map((size, axis) => (axes.includes(axis) ? 1 : size)),
  );
}

const portable: TfjsKernel<L2NormalizationAttributes> = {
  forward({ attributes, inputs: [data] }) {
    if (!data) return [];
    const axes = vectorAxes(attributes, data.rank);
    const norm = tf.sqrt(tf.add(tf.sum(tf.square(data), axes), attributes.eps));
    return [tf.div(data, spread(norm, data.shape, axes)), norm];
  },
  /** dx = (dy - y sum(dy y)) / norm */
  backward({ attributes, outputs: [y, norm], headGradients: [dy] }) {
    if (!y || !norm || !dy) return [];
    const axes = vectorAxes(attributes, y.rank);
    const along = tf.mul(y, tf.sum(tf.mul(dy, y), axes, true));
    return [tf.div(tf.sub(dy, along), spread(norm, y.shape, axes))];
  },
};

/** Kernels of L2Normalization. */
export const l2NormalizationKernels: KernelTable<L2NormalizationAttributes> = { portable };
