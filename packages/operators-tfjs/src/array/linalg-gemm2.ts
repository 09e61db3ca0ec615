import type { LinalgGemm2Attributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { productGradients } from "./product-gradients.ts";
import { rowsAtAxis, rowsBeforeColumns } from "./row-axis.ts";

/** alpha A B with the rows at an axis. */
export function scaledProduct(attributes: LinalgGemm2Attributes, a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const { transpose_a, transpose_b, alpha, axis } = attributes;
  const [left, right] = [rowsBeforeColumns(a, axis), rowsBeforeColumns(b, axis)];
  return rowsAtAxis(tf.mul(tf.matMul(left, right, transpose_a, transpose_b), alpha), axis);
}

/** The gradients of A and B. */
export function scaledProductGradients(
  { transpose_a, transpose_b, alpha, axis }: LinalgGemm2Attributes,
  head: tf.Tensor,
  a: tf.Tensor,
  b: tf.Tensor,
  wanted: readonly boolean[],
): (tf.Tensor | undefined)[] {
  const dy = tf.mul(rowsBeforeColumns(head, axis), alpha);
  const transposed = { a: transpose_a, b: transpose_b };
  const gradients = productGradients(dy, rowsBeforeColumns(a, axis), rowsBeforeColumns(b, axis), transposed, wanted);
  return gradients.map((gradient) => gradient && rowsAtAxis(gradient, axis));
}

const portable: TfjsKernel<LinalgGemm2Attributes> = {
  forward: ({ attributes, inputs: [a, b] }) => (a && b ? [scaledProduct(attributes, a, b)] : []),
  backward({ attributes, headGradients: [dy], inputs: [a, b], wanted }) {
    return dy && a && b ? scaledProductGradients(attributes, dy, a, b, wanted) : [];
  },
};

/** Kernels of _linalg_gemm2. */
export const linalgGemm2Kernels: KernelTable<LinalgGemm2Attributes> = { portable };
