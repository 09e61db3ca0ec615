import type { KhatriRaoAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

/** The product of the columns; one row of ones of no matrices. */
function columnProduct(matrices: readonly tf.Tensor[], columns: number): tf.Tensor {
  return matrices.reduce<tf.Tensor>(
    (product, matrix) => {
      const pairs = tf.mul(tf.expandDims(product, 1), tf.expandDims(matrix, 0));
      return tf.reshape(pairs, [-1, columns]);
    },
    tf.ones([1, columns]),
  );
}

const portable: TfjsKernel<KhatriRaoAttributes> = {
  forward: ({ inputs }) => [columnProduct(inputs, inputs[0]?.shape[1] ?? 1)],
  backward({ headGradients: [dy], inputs, wanted }) {
    if (!dy) return [];
    return inputs.map(({ shape: [rows = 1, columns = 1] }, i) => {
      if (!wanted[i]) return undefined;
      const before = columnProduct(inputs.slice(0, i), columns);
      const after = columnProduct(inputs.slice(i + 1), columns);
      const [outer, inner] = [before.shape[0] ?? 1, after.shape[0] ?? 1];
      const head = tf.reshape(dy, [outer, rows, inner, columns]);
      const others = tf.mul(tf.reshape(before, [outer, 1, 1, columns]), tf.reshape(after, [1, 1, inner, columns]));
      return tf.sum(tf.mul(head, others), [0, 2]);
    });
  },
};

/** Kernels of khatri_rao. */
export const khatriRaoKernels: KernelTable<KhatriRaoAttributes> = { portable };
