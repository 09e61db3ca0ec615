import type { OneHotAttributes } from "@mxgraft/operators";
import { type KernelTable, type TfjsKernel, tensorType } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<OneHotAttributes> = {
  forward({ attributes: { depth, on_value, off_value, dtype }, inputs: [indices] }) {
    if (!indices) return [];
    // tfjs-backend-wasm writes integers only, whatever type is asked for.
    const on = tf.oneHot(tf.cast(indices, "int32"), depth, 1, 0, "int32");
    if (on_value === 1 && off_value === 0) return [tf.cast(on, tensorType(dtype))];
    return [tf.cast(tf.add(tf.mul(tf.cast(on, "float32"), on_value - off_value), off_value), tensorType(dtype))];
  },
  backward: () => [],
};

/** Kernels of one_hot. */
export const oneHotKernels: KernelTable<OneHotAttributes> = { portable };
