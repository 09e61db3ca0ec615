import type { BatchDotAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { productGradients } from "./product-gradients.ts";

const portable: TfjsKernel<BatchDotAttributes> = {
  forward({ attributes: { transpose_a, transpose_b }, inputs: [lhs, rhs] }) {
    return lhs && rhs ? [tf.matMul(lhs, rhs, transpose_a, transpose_b)] : [];
  },
  backward({ attributes: { transpose_a, transpose_b }, headGradients: [dy], inputs: [lhs, rhs], wanted }) {
    if (!dy || !lhs || !rhs) return [];
    return productGradients(dy, lhs, rhs, { a: transpose_a, b: transpose_b }, wanted);
  },
};

/** Kernels of batch_dot. */
export const batchDotKernels: KernelTable<BatchDotAttributes> = { portable };
