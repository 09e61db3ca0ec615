import type { TileAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { aroundAxis } from "./around-axis.ts";

/** Shape and repetitions, the shorter with 1s in front. */
function aligned(shape: readonly number[], reps: readonly number[]): { shape: number[]; reps: number[] } {
  const rank = Math.max(shape.length, reps.length);
  const fill = (values: readonly number[]) => [...new Array<number>(rank - values.length).fill(1), ...values];
  return { shape: fill(shape), reps: fill(reps) };
}

const portable: TfjsKernel<TileAttributes> = {
  forward({ attributes, inputs: [data] }) {
    if (!data) return [];
    const { shape, reps } = aligned(data.shape, attributes.reps);
    return [tf.tile(tf.reshape(data, shape), reps)];
  },
  backward({ attributes, headGradients: [dy], inputShapes: [given] }) {
    if (!dy || !given) return [];
    const { shape, reps } = aligned(given, attributes.reps);
    let sum: tf.Tensor = dy;
    for (const [axis, times] of reps.entries()) {
      if (times === 1) continue;
      const [outer, , inner] = aroundAxis(sum.shape, axis);
      const size = shape[axis] ?? 1;
      const kept = sum.shape.with(axis, size);
      sum = tf.reshape(tf.sum(tf.reshape(sum, [outer, times, size * inner]), 1), kept);
    }
    return [tf.reshape(sum, [...given])];
  },
};

/** Kernels of tile. */
export const tileKernels: KernelTable<TileAttributes> = { portable };
