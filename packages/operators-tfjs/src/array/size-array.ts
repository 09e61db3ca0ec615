import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<NoAttributes> = {
  forward: ({ inputs: [data] }) => (data ? [tf.tensor1d([data.size], "int32")] : []),
  backward: () => [],
};

/** Kernels of size_array. */
export const sizeArrayKernels: KernelTable<NoAttributes> = { portable };
