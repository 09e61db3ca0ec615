import { normalizeAxis, type Shape, sizeOf } from "@mxgraft/base";
import type { RepeatAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { aroundAxis } from "./around-axis.ts";

/** Data as rows that are repeated as a whole. */
function rows(axis: number | null, shape: Shape): [number, number] {
  if (axis === null) return [sizeOf(shape), 1];
  const [outer, size, inner] = aroundAxis(shape, normalizeAxis(axis, shape.length, 'attribute "axis"'));
  return [outer * size, inner];
}

const portable: TfjsKernel<RepeatAttributes> = {
  forward({ attributes: { repeats, axis }, inputs: [data], outputShapes: [shape] }) {
    if (!data || !shape) return [];
    // A row after itself: tiling the second of two axes.
    return [tf.reshape(tf.tile(tf.reshape(data, rows(axis, data.shape)), [1, repeats]), [...shape])];
  },
  backward({ attributes: { repeats, axis }, headGradients: [dy], inputShapes: [shape] }) {
    if (!dy || !shape) return [];
    const [count, width] = rows(axis, shape);
    return [tf.reshape(tf.sum(tf.reshape(dy, [count, repeats, width]), 1), [...shape])];
  },
};

/** Kernels of repeat. */
export const repeatKernels: KernelTable<RepeatAttributes> = { portable };
