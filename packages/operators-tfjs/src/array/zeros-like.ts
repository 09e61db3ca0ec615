import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<NoAttributes> = {
  layouts: () => ({ arguments: ["any"], outputs: ["any"] }),
  forward: ({ inputs: [data] }) => (data ? [tf.zerosLike(data)] : []),
  backward: () => [],
};

/** Kernels of zeros_like. */
export const zerosLikeKernels: KernelTable<NoAttributes> = { portable };
