import { sizeOf } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";
import { type HeapFunctions, heapFunctionsOf } from "./vector/heap-functions.ts";
import { NUMBER, wholeVectors } from "./vector/vectors.ts";
import { addressOf, type WasmBackend, wasmKernel, withScratch } from "./wasm-kernel.ts";

interface Inputs {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
}

interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** A factor of a product: how many matrices there are, their sizes as they are multiplied, and distances in bytes. */
interface Factor {
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly row: number;
  readonly column: number;
  readonly matrix: number;
}

/** One with its address. */
interface Placed extends Factor {
  readonly at: number;
}

function factorOf({ shape }: tf.TensorInfo, isTransposed: boolean): Factor {
  const [rows = 1, columns = 1] = shape.slice(-2);
  const batch = sizeOf(shape.slice(0, -2));
  const matrix = rows * columns * NUMBER;
  const factor = { batch, rows, columns, row: columns * NUMBER, column: NUMBER, matrix };
  return isTransposed ? transposedFactor(factor) : factor;
}

function transposedFactor<F extends Factor>(factor: F): F {
  const { rows, columns, row, column } = factor;
  return { ...factor, rows: columns, columns: rows, row: column, column: row };
}

/** Multiplies with vectors; undefined for what is left to tfjs: other types, empty matrices, batches of several sizes. */
function multiplyWithVectors(
  heap: HeapFunctions,
  backend: WasmBackend,
  { a, b }: Inputs,
  { transposeA, transposeB }: Attributes,
): tf.TensorInfo | undefined {
  if (a.dtype !== "float32" || b.dtype !== "float32") return undefined;
  const [left, right] = [factorOf(a, transposeA), factorOf(b, transposeB)];
  const { rows, columns: steps } = left;
  const { columns } = right;
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const batch = sizeOf(outer);
  const repeats = ({ batch: own }: Factor) => own === 1 || own === batch;
  if (batch * rows * columns * steps === 0 || !repeats(left) || !repeats(right)) return undefined;
  const product = backend.makeOutput([...outer, rows, columns], "float32");
  const placedA = { ...left, at: addressOf(backend, a) };
  const placedB = { ...right, at: addressOf(backend, b) };
  // A single row lies like its transpose, so that the row can be packed instead of the matrix.
  const [first, second] = rows === 1 ? [transposedFactor(placedB), transposedFactor(placedA)] : [placedA, placedB];
  const matrixOf = ({ at, batch: own, matrix }: Placed, i: number) => at + (own === 1 ? 0 : i * matrix);
  withScratch(backend, steps * wholeVectors(second.columns), (packed) => {
    const to = addressOf(backend, product);
    for (let i = 0; i < batch; i++) {
      heap.pack({
        from: matrixOf(second, i),
        fromStep: second.row,
        fromColumn: second.column,
        steps,
        columns: second.columns,
        to: packed,
      });
      heap.product({
        a: matrixOf(first, i),
        aLine: 0,
        aRow: first.row,
        aSegment: 0,
        aStep: first.column,
        b: packed,
        c: to + i * rows * columns * NUMBER,
        cLine: 0,
        cRow: second.columns * NUMBER,
        width: first.rows,
        rows: first.rows,
        segments: 1,
        steps,
        columns: second.columns,
        start: 0,
        adds: false,
        relu: false,
      });
    }
  });
  return product;
}

/**
 * BatchMatMul in any order of its axes: tfjs-backend-wasm takes a plain loop instead of XNNPACK when asked to transpose,
 * which is three to ten times as slow. Without vector functions the operands are transposed first.
 */
export const batchMatMul = wasmKernel<Inputs, Attributes>("BatchMatMul", (stock) => {
  const multiply = stock("BatchMatMul");
  const transpose = stock("Transpose");
  return ({ inputs, attrs, backend }) => {
    const heap = heapFunctionsOf(backend);
    const own = heap && !heap.threaded && multiplyWithVectors(heap, backend, inputs, attrs);
    if (own) return own;
    const owned: tf.TensorInfo[] = [];
    const transposed = (x: tf.TensorInfo) => {
      const rank = x.shape.length;
      const outer = Array.from({ length: rank - 2 }, (_, axis) => axis);
      const result = transpose({ inputs: { x }, attrs: { perm: [...outer, rank - 1, rank - 2] }, backend });
      owned.push(result);
      return result;
    };
    const a = attrs.transposeA ? transposed(inputs.a) : inputs.a;
    const b = attrs.transposeB ? transposed(inputs.b) : inputs.b;
    const product = multiply({ inputs: { a, b }, attrs: { transposeA: false, transposeB: false }, backend });
    for (const tensor of owned) backend.disposeData(tensor.dataId);
    return product;
  };
});
