import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<NoAttributes> = {
  forward({ inputs: [x], outputShapes: [shape] }) {
    return x && shape ? [tf.cast(tf.reshape(tf.argMax(x, -1), [...shape]), x.dtype)] : [];
  },
  backward: () => [],
};

/** Kernels of argmax_channel. */
export const argmaxChannelKernels: KernelTable<NoAttributes> = { portable };
