import type { LRNAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { channelsLast } from "../nn/channels-last.ts";

/** The sums of `size` neighbours along the last of four axes, with zeros beyond the ends. */
function windowSum(x: tf.Tensor, size: number): tf.Tensor {
  const radius = (size - 1) / 2;
  const padded = tf.pad(x, [
    [0, 0],
    [0, 0],
    [0, 0],
    [radius, radius],
  ]);
  return tf.addN(Array.from({ length: size }, (_, i) => tf.slice(padded, [0, 0, 0, i], x.shape)));
}

/** tfjs has such a kernel, but not on wasm, and without the norm that the gradient needs. */
const portable: TfjsKernel<LRNAttributes> = {
  layouts: () => ({ arguments: [channelsLast(4)], outputs: [channelsLast(4), channelsLast(4)] }),
  forward({ attributes: { alpha, beta, knorm, nsize }, inputs: [data] }) {
    if (!data) return [];
    const norm = tf.add(tf.mul(windowSum(tf.square(data), nsize), alpha / nsize), knorm);
    return [tf.mul(data, tf.pow(norm, -beta)), norm];
  },
  /** dx_c = dy_c / norm_c^beta - 2 alpha beta / nsize * x_c * sum over neighbours k of dy_k x_k / norm_k^(beta + 1). */
  backward({ attributes: { alpha, beta, nsize }, inputs: [data], outputs: [, norm], headGradients: [dy] }) {
    if (!data || !norm || !dy) return [];
    const direct = tf.mul(dy, tf.pow(norm, -beta));
    const through = windowSum(tf.div(tf.mul(direct, data), norm), nsize);
    return [tf.sub(direct, tf.mul(tf.mul(data, through), (2 * alpha * beta) / nsize))];
  },
};

/** Kernels of LRN. */
export const lrnKernels: KernelTable<LRNAttributes> = { portable };
