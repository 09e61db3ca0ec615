import type { Shape } from "@mxgraft/base";
import type { DotAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { productGradients } from "./product-gradients.ts";

/** An array as the matrix whose rows (`first`) or columns are the axis that is summed over. */
function asMatrix(x: tf.Tensor, first: boolean): tf.Tensor2D {
  const summed = (first ? x.shape[0] : x.shape.at(-1)) ?? 1;
  return tf.reshape(x, first ? [summed, x.size / summed] : [x.size / summed, summed]);
}

function shaped(x: tf.Tensor | undefined, shape: Shape | undefined): tf.Tensor | undefined {
  return x && shape ? tf.reshape(x, [...shape]) : undefined;
}

const portable: TfjsKernel<DotAttributes> = {
  forward({ attributes: { transpose_a, transpose_b }, inputs: [lhs, rhs], outputShapes: [shape] }) {
    if (!lhs || !rhs || !shape) return [];
    const [a, b] = [asMatrix(lhs, transpose_a), asMatrix(rhs, !transpose_b)];
    return [tf.reshape(tf.matMul(a, b, transpose_a, transpose_b), [...shape])];
  },
  backward({
    attributes: { transpose_a, transpose_b },
    headGradients: [head],
    inputs: [lhs, rhs],
    wanted,
    inputShapes,
  }) {
    if (!head || !lhs || !rhs) return [];
    const [a, b] = [asMatrix(lhs, transpose_a), asMatrix(rhs, !transpose_b)];
    const dy = tf.reshape(head, [a.shape[transpose_a ? 1 : 0], b.shape[transpose_b ? 0 : 1]]);
    const [ofA, ofB] = productGradients(dy, a, b, { a: transpose_a, b: transpose_b }, wanted);
    return [shaped(ofA, inputShapes[0]), shaped(ofB, inputShapes[1])];
  },
};

/** Kernels of dot. */
export const dotKernels: KernelTable<DotAttributes> = { portable };
