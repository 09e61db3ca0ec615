import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<NoAttributes> = {
  forward: ({ inputs: [data] }) => (data ? [tf.tensor1d(data.shape, "int32")] : []),
  backward: () => [],
};

/** Kernels of shape_array. */
export const shapeArrayKernels: KernelTable<NoAttributes> = { portable };
