import type { Shape } from "@mxgraft/base";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { readFloats } from "../vision/read-floats.ts";
import { element, type SmallMatrix, smallMatrix } from "./small-matrix.ts";

interface MatrixRule<A> {
  /** The outputs for one matrix of each argument; numbers are matrices of one element. */
  forward(attributes: A, inputs: readonly SmallMatrix[]): readonly SmallMatrix[];
  /** The gradients of the arguments; a head that is not there is `undefined`. */
  backward(call: {
    readonly attributes: A;
    readonly heads: readonly (SmallMatrix | undefined)[];
    readonly inputs: readonly SmallMatrix[];
    readonly outputs: readonly SmallMatrix[];
  }): readonly SmallMatrix[];
  /** Whether the outputs are one number for a matrix. */
  readonly numbers?: boolean;
}

async function matricesOf(tensor: tf.Tensor, numbers: boolean): Promise<SmallMatrix[]> {
  const [rows, columns] = numbers ? [1, 1] : [tensor.shape.at(-2) ?? 1, tensor.shape.at(-1) ?? 1];
  const values = await readFloats(tensor);
  const size = rows * columns;
  return Array.from({ length: values.length / size }, (_, i) =>
    smallMatrix(rows, columns, (row, column) => values[i * size + row * columns + column] ?? 0),
  );
}

function stacked(matrices: readonly SmallMatrix[], shape: Shape): tf.Tensor {
  const values = matrices.flatMap((matrix) => [...matrix.values]);
  return tf.tensor(Float32Array.from(values), [...shape]);
}

/** Entry `i` of each list. */
function across<T>(lists: readonly (readonly T[])[], i: number): T[] {
  return lists.flatMap((list) => list.slice(i, i + 1));
}

/** A number as a matrix. */
export function asMatrix(value: number): SmallMatrix {
  return smallMatrix(1, 1, () => value);
}

/** The number of such a matrix. */
export function asNumber(matrix: SmallMatrix): number {
  return element(matrix, 0, 0);
}

/** Kernels on each matrix of a stack, on the host in float64: factors of matrices follow element from element. */
export function smallMatrixKernels<A extends object>(rule: MatrixRule<A>): KernelTable<A> {
  const numbers = rule.numbers ?? false;
  const portable: TfjsKernel<A> = {
    asynchronous: true,
    async forward({ attributes, inputs, outputShapes }) {
      const given = await Promise.all(inputs.map((input) => matricesOf(input, false)));
      const results = (given[0] ?? []).map((_, i) => rule.forward(attributes, across(given, i)));
      return outputShapes.map((shape, output) => stacked(across(results, output), shape));
    },
    async backward({ attributes, inputs, outputs, headGradients, inputShapes }) {
      // What the spec says backward does not read is gone already.
      const read = (tensors: readonly tf.Tensor[], asNumbers: boolean) =>
        Promise.all(tensors.map((tensor) => (tensor.isDisposed ? [] : matricesOf(tensor, asNumbers))));
      const [inputMatrices, outputMatrices] = await Promise.all([read(inputs, false), read(outputs, numbers)]);
      const heads = await Promise.all(headGradients.map((head) => head && matricesOf(head, numbers)));
      const count = Math.max(...[...inputMatrices, ...outputMatrices].map((list) => list.length));
      const results = Array.from({ length: count }, (_, i) =>
        rule.backward({
          attributes,
          heads: heads.map((list) => list?.[i]),
          inputs: across(inputMatrices, i),
          outputs: across(outputMatrices, i),
        }),
      );
      return inputShapes.map((shape, argument) => stacked(across(results, argument), shape));
    },
  };
  return { portable };
}
