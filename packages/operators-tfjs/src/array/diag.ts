import { type Shape, sizeOf } from "@mxgraft/base";
import { type DiagAttributes, diagonalPositions } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { addRows } from "./rows.ts";

function positions(attributes: DiagAttributes, shape: Shape): tf.Tensor1D {
  return tf.tensor1d(diagonalPositions(attributes, shape), "int32");
}

/** The diagonal of matrices of a tensor. */
function read(x: tf.Tensor, attributes: DiagAttributes, shape: Shape): tf.Tensor {
  return tf.reshape(tf.gather(tf.reshape(x, [x.size]), positions(attributes, x.shape)), [...shape]);
}

/** Zeros with a diagonal. */
function write(x: tf.Tensor, attributes: DiagAttributes, shape: Shape): tf.Tensor {
  return tf.reshape(addRows(x, positions(attributes, shape), sizeOf(shape)), [...shape]);
}

const portable: TfjsKernel<DiagAttributes> = {
  forward({ attributes, inputs: [data], outputShapes: [shape] }) {
    if (!data || !shape) return [];
    if (data.rank > 1) return [read(data, attributes, shape)];
    return [write(data, { ...attributes, axis1: 0, axis2: 1 }, shape)];
  },
  backward({ attributes, headGradients: [dy], inputShapes: [shape] }) {
    if (!dy || !shape) return [];
    if (shape.length > 1) return [write(dy, attributes, shape)];
    return [read(dy, { ...attributes, axis1: 0, axis2: 1 }, shape)];
  },
};

/** Kernels of diag. */
export const diagKernels: KernelTable<DiagAttributes> = { portable };
