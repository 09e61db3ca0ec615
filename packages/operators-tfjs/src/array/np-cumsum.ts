import { normalizeAxis } from "@mxgraft/base";
import type { CumsumAttributes } from "@mxgraft/operators";
import { type KernelTable, type TfjsKernel, tensorType } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

function sums(x: tf.Tensor, axis: number | null, fromEnd: boolean): tf.Tensor {
  if (axis === null) return tf.cumsum(tf.reshape(x, [x.size]), 0, false, fromEnd);
  return tf.cumsum(x, normalizeAxis(axis, x.rank, 'attribute "axis"'), false, fromEnd);
}

const portable: TfjsKernel<CumsumAttributes> = {
  forward({ attributes: { axis, dtype }, inputs: [a] }) {
    if (!a) return [];
    const result = sums(a, axis, false);
    return [dtype === null ? result : tf.cast(result, tensorType(dtype))];
  },
  backward({ attributes: { axis }, headGradients: [dy], inputShapes: [shape] }) {
    return dy && shape ? [tf.reshape(sums(dy, axis, true), [...shape])] : [];
  },
};

/** Kernels of _np_cumsum. */
export const npCumsumKernels: KernelTable<CumsumAttributes> = { portable };
