import type { ReverseAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<ReverseAttributes> = {
  forward: ({ attributes: { axis }, inputs: [data] }) => (data ? [tf.reverse(data, [...axis])] : []),
  backward: ({ attributes: { axis }, headGradients: [dy] }) => (dy ? [tf.reverse(dy, [...axis])] : []),
};

/** Kernels of reverse. */
export const reverseKernels: KernelTable<ReverseAttributes> = { portable };
