import { normalizeAxis } from "@mxgraft/base";
import type { ArgExtremumAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

/** The kernels of an operator that finds the extreme element along an axis; they have no gradient. */
export function argExtremumKernels(
  find: (x: tf.Tensor, axis: number) => tf.Tensor,
): KernelTable<ArgExtremumAttributes> {
  const portable: TfjsKernel<ArgExtremumAttributes> = {
    forward({ attributes: { axis }, inputs: [x], outputShapes: [shape] }) {
      if (!x || !shape) return [];
      const found = axis === null ? find(tf.reshape(x, [-1]), 0) : find(x, normalizeAxis(axis, x.rank, "axis"));
      return [tf.cast(tf.reshape(found, [...shape]), x.dtype)];
    },
    backward: () => [],
  };
  return { portable };
}
