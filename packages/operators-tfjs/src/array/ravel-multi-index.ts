import { stridesOf } from "@mxgraft/base";
import type { IndexLatticeAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<IndexLatticeAttributes> = {
  forward({ attributes: { shape }, inputs: [data] }) {
    if (!data) return [];
    const strides = tf.tensor(stridesOf(shape), [shape.length, 1], data.dtype);
    return [tf.sum(tf.mul(data, strides), 0)];
  },
  backward: () => [],
};

/** Kernels of _ravel_multi_index. */
export const ravelMultiIndexKernels: KernelTable<IndexLatticeAttributes> = { portable };
