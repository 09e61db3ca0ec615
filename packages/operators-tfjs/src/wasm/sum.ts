import { sizeOf } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";
import { type HeapFunctions, heapFunctionsOf } from "./vector/heap-functions.ts";
import { NUMBER, wholeVectors } from "./vector/vectors.ts";
import { addressOf, floatsOf, type WasmBackend, wasmKernel, withScratch } from "./wasm-kernel.ts";

interface Inputs {
  readonly x: tf.TensorInfo;
}

interface Attributes {
  readonly axis: number | number[];
  readonly keepDims: boolean;
}

/** Bytes of rows that are added at a time, a vector of columns after the other: what the cache next to the core keeps. */
const BLOCK = 16384;

/** The sums of the columns of `x`, added up with vectors. */
function addWithVectors(heap: HeapFunctions, backend: WasmBackend, x: tf.TensorInfo, result: tf.TensorInfo): void {
  const columns = sizeOf(result.shape);
  const rows = floatsOf(backend, x).length / columns;
  const rowBytes = columns * NUMBER;
  const block = Math.max(1, Math.floor(BLOCK / rowBytes));
  withScratch(backend, 2 * wholeVectors(columns), (sums) => {
    const totals = floatsOf(backend, result);
    const exact = new Float64Array(totals.buffer, sums, columns);
    exact.fill(0);
    for (let row = 0; row < rows; row += block) {
      const from = addressOf(backend, x) + row * rowBytes;
      heap.addRows({ from, rows: Math.min(block, rows - row), columns, rowBytes, sums });
    }
    totals.set(exact);
  });
}

/** The sums of the columns of `x`, without vectors. */
function addWithoutVectors(totals: Float32Array, values: Float32Array): void {
  const width = totals.length;
  // Float64 sums: a bias can have a hundred thousand terms.
  const exact = new Float64Array(width);
  for (let row = 0; row < values.length; row += width) {
    for (let i = 0; i < width; i++) exact[i] = (exact[i] as number) + (values[row + i] as number);
  }
  totals.set(exact);
}

/**
 * Sums over the first axes, as the gradients of biases and the statistics of channels are, row by row; others as
 * tfjs-backend-wasm does. That transposes the whole tensor for it first, four times as slow.
 */
export const sum = wasmKernel<Inputs, Attributes>("Sum", (stock) => {
  const otherSums = stock("Sum");
  return ({ inputs: { x }, attrs, backend }) => {
    const axes = tf.util.parseAxisParam(attrs.axis, x.shape).toSorted((a, b) => a - b);
    const leading = axes.every((axis, i) => axis === i);
    if (x.dtype !== "float32" || !leading || axes.length === 0 || axes.length === x.shape.length) {
      return otherSums({ inputs: { x }, attrs: { axis: attrs.axis, keepDims: attrs.keepDims }, backend });
    }
    const kept = x.shape.slice(axes.length);
    const result = backend.makeOutput(attrs.keepDims ? [...axes.map(() => 1), ...kept] : kept, "float32");
    const [totals, values] = [floatsOf(backend, result), floatsOf(backend, x)];
    const heap = heapFunctionsOf(backend);
    if (heap && values.length > 0) addWithVectors(heap, backend, x, result);
    else addWithoutVectors(totals, values);
    return result;
  };
});
