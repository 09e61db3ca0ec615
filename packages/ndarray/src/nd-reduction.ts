import { normalizeAxis, ShapeError } from "@mxgraft/base";
import { NDArray } from "./nd-array.ts";
import type { ReduceOptions } from "./reduce.ts";
import { splitAxes } from "./split-axes.ts";

/** MXNet's reductions, by their names in `mx.nd`. */
export const reduction = {
  sum: (data: NDArray, options?: ReduceOptions): NDArray => data.reduce("sum", options),
  mean: (data: NDArray, options?: ReduceOptions): NDArray => data.reduce("mean", options),
  prod: (data: NDArray, options?: ReduceOptions): NDArray => data.reduce("prod", options),
  max: (data: NDArray, options?: ReduceOptions): NDArray => data.reduce("max", options),
  min: (data: NDArray, options?: ReduceOptions): NDArray => data.reduce("min", options),
  argmax: (data: NDArray, options?: ReduceOptions): NDArray => data.reduce("argmax", options),
  argmin: (data: NDArray, options?: ReduceOptions): NDArray => data.reduce("argmin", options),
  /** Along axis 1. */
  argmax_channel: (data: NDArray): NDArray => data.reduce("argmax", { axis: 1 }),
  /** The 2-norm, or with `ord: 1` the sum of absolute values. */
  norm: (data: NDArray, { ord = 2, ...options }: ReduceOptions & { readonly ord?: 1 | 2 } = {}): NDArray =>
    data.reduce(ord === 1 ? "absoluteSum" : "euclidean", options),
  /** `exp(x / temperature)` over its sum along an axis. */
  softmax: (data: NDArray, options?: SoftmaxOptions): NDArray => softmaxOf(data, options, (e, sum) => e / sum),
  log_softmax: (data: NDArray, options?: SoftmaxOptions): NDArray =>
    softmaxOf(data, options, (_, sum, shifted) => shifted - Math.log(sum)),
  /** Matrix product over the last axis of `lhs` and the first of `rhs`; the flags transpose an argument before. */
  dot(lhs: NDArray, rhs: NDArray, { transpose_a = false, transpose_b = false }: DotOptions = {}): NDArray {
    const a = transpose_a ? lhs.T : lhs;
    const b = transpose_b ? rhs.T : rhs;
    const K = a.shape.at(-1) ?? 1;
    if (b.shape[0] !== K) throw dotError("dot", a, b);
    const rows = a.size / K;
    const columns = b.size / K;
    const shape = [...a.shape.slice(0, -1), ...b.shape.slice(1)];
    return NDArray.build(a.dtype, shape.length === 0 ? [1] : shape, (target) => {
      multiply(a.numbers(), b.numbers(), target, { rows, K, columns, atA: 0, atB: 0, at: 0 });
    });
  },
  /** The matrix product of each pair of matrices of two batches. */
  batch_dot(lhs: NDArray, rhs: NDArray, { transpose_a = false, transpose_b = false }: DotOptions = {}): NDArray {
    const a = transpose_a ? lhs.transpose([0, 2, 1]) : lhs;
    const b = transpose_b ? rhs.transpose([0, 2, 1]) : rhs;
    const [N = 1, rows = 1, K = 1] = a.shape;
    const columns = b.shape[2] ?? 1;
    if (a.ndim !== 3 || b.ndim !== 3 || b.shape[0] !== N || b.shape[1] !== K) throw dotError("batch_dot", a, b);
    return NDArray.build(a.dtype, [N, rows, columns], (target) => {
      for (let n = 0; n < N; n++) {
        const at = { atA: n * rows * K, atB: n * K * columns, at: n * rows * columns };
        multiply(a.numbers(), b.numbers(), target, { rows, K, columns, ...at });
      }
    });
  },
};

/** What `dot` and `batch_dot` take as keyword arguments in Python. */
export interface DotOptions {
  readonly transpose_a?: boolean;
  readonly transpose_b?: boolean;
}

/** What `softmax` takes as keyword arguments in Python. */
export interface SoftmaxOptions {
  /** By default the last. */
  readonly axis?: number;
  readonly temperature?: number | null;
}

function dotError(name: string, a: NDArray, b: NDArray): ShapeError {
  return new ShapeError(
    `${name}: shapes (${a.shape.join(", ")}) and (${b.shape.join(", ")}), transposed as asked, do not fit: the inner axes differ.`,
    { expected: a.shape, actual: b.shape },
  );
}

interface Product {
  readonly rows: number;
  readonly K: number;
  readonly columns: number;
  readonly atA: number;
  readonly atB: number;
  readonly at: number;
}

/** `target = a . b` for row-major matrices that start at the given offsets; sums in float64. */
function multiply(a: ArrayLike<number>, b: ArrayLike<number>, target: { [i: number]: number }, product: Product): void {
  const { rows, K, columns, atA, atB, at } = product;
  const row = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    row.fill(0);
    for (let k = 0; k < K; k++) {
      const factor = a[atA + i * K + k] ?? 0;
      for (let j = 0; j < columns; j++) row[j] = (row[j] ?? 0) + factor * (b[atB + k * columns + j] ?? 0);
    }
    for (let j = 0; j < columns; j++) target[at + i * columns + j] = row[j] ?? 0;
  }
}

function softmaxOf(
  data: NDArray,
  { axis = -1, temperature = null }: SoftmaxOptions = {},
  result: (exponential: number, sum: number, shifted: number) => number,
): NDArray {
  const at = normalizeAxis(axis, data.ndim, "softmax");
  const { along: length, after: step } = splitAxes(data.shape, at);
  const scale = temperature ?? 1;
  const x = data.numbers();
  return NDArray.build(data.dtype, data.shape, (target) => {
    for (let start = 0; start < x.length; start++) {
      if (Math.floor(start / step) % length !== 0) continue;
      let largest = Number.NEGATIVE_INFINITY;
      for (let i = 0; i < length; i++) largest = Math.max(largest, x[start + i * step] ?? 0);
      let sum = 0;
      for (let i = 0; i < length; i++) sum += Math.exp(((x[start + i * step] ?? 0) - largest) / scale);
      for (let i = 0; i < length; i++) {
        const shifted = ((x[start + i * step] ?? 0) - largest) / scale;
        target[start + i * step] = result(Math.exp(shifted), sum, shifted);
      }
    }
  });
}
