import type { LinalgSyrkAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<LinalgSyrkAttributes> = {
  forward: ({ attributes: { transpose, alpha }, inputs: [a] }) =>
    a ? [tf.mul(tf.matMul(a, a, transpose, !transpose), alpha)] : [],
  backward({ attributes: { transpose, alpha }, headGradients: [dy], inputs: [a] }) {
    if (!dy || !a) return [];
    const axes = Array.from({ length: dy.rank }, (_, i) => (i < dy.rank - 2 ? i : 2 * dy.rank - 3 - i));
    const both = tf.mul(tf.add(dy, tf.transpose(dy, axes)), alpha);
    return [transpose ? tf.matMul(a, both) : tf.matMul(both, a)];
  },
};

/** Kernels of _linalg_syrk. */
export const linalgSyrkKernels: KernelTable<LinalgSyrkAttributes> = { portable };
