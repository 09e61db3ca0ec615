import type { MultiSumSqAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<MultiSumSqAttributes> = {
  forward: ({ inputs }) => [tf.stack(inputs.map((x) => tf.sum(tf.square(tf.cast(x, "float32")))))],
};

/** Kernels of multi_sum_sq. */
export const multiSumSqKernels: KernelTable<MultiSumSqAttributes> = { portable };
