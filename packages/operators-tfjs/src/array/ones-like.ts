import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<NoAttributes> = {
  layouts: () => ({ arguments: ["any"], outputs: ["any"] }),
  forward: ({ inputs: [data] }) => (data ? [tf.onesLike(data)] : []),
  backward: () => [],
};

/** Kernels of ones_like. */
export const onesLikeKernels: KernelTable<NoAttributes> = { portable };
