import { type DType, normalizeAxis } from "@mxgraft/base";
import { NDArray } from "./nd-array.ts";
import { splitAxes } from "./split-axes.ts";

/** `"clip"` takes the nearest end for an index out of range, `"wrap"` counts around. */
export type IndexMode = "clip" | "wrap";

function within(index: number, size: number, mode: IndexMode): number {
  const whole = Math.trunc(index);
  if (mode === "wrap") return ((whole % size) + size) % size;
  return Math.min(Math.max(whole, 0), size - 1);
}

/** The order of the elements along an axis: positions, best first. */
function orderAlong(data: NDArray, axis: number, ascending: boolean): { at: number; order: number[] }[] {
  const { along, after } = splitAxes(data.shape, axis);
  const x = data.numbers();
  const lines: { at: number; order: number[] }[] = [];
  for (let at = 0; at < x.length; at++) {
    if (Math.floor(at / after) % along !== 0) continue;
    const value = (i: number) => x[at + i * after] ?? 0;
    const order = Array.from({ length: along }, (_, i) => i);
    order.sort((a, b) => (ascending ? value(a) - value(b) : value(b) - value(a)) || a - b);
    lines.push({ at, order });
  }
  return lines;
}

/** What `argsort` and `sort` take as keyword arguments in Python. */
export interface SortOptions {
  /** By default the last; `null` sorts the array as one line. */
  readonly axis?: number | null;
  readonly is_ascend?: boolean;
}

/** MXNet's functions that look elements up by index, by their names in `mx.nd`. Indices are truncated to integers. */
export const indexing = {
  /** One-hot vectors along a new last axis; zeros for an index out of range. */
  one_hot(
    indices: NDArray,
    depth: number,
    options: { readonly on_value?: number; readonly off_value?: number; readonly dtype?: DType } = {},
  ): NDArray {
    const { on_value = 1, off_value = 0, dtype = "float32" } = options;
    return NDArray.build(dtype, [...indices.shape, depth], (target) => {
      target.fill(off_value);
      for (const [i, index] of indices.numbers().entries()) {
        const at = Math.trunc(index);
        if (at >= 0 && at < depth) target[i * depth + at] = on_value;
      }
    });
  },
  /** Of each line along an axis, the one element its index names. */
  pick(
    data: NDArray,
    index: NDArray,
    options: { readonly axis?: number; readonly keepdims?: boolean; readonly mode?: IndexMode } = {},
  ): NDArray {
    const { axis = -1, keepdims = false, mode = "clip" } = options;
    const at = normalizeAxis(axis, data.ndim, "pick");
    const { before, along, after } = splitAxes(data.shape, at);
    const rest = data.shape.filter((_, i) => i !== at);
    const shape = keepdims ? data.shape.map((size, i) => (i === at ? 1 : size)) : rest.length === 0 ? [1] : rest;
    const x = data.numbers();
    const chosen = index.numbers();
    return NDArray.build(data.dtype, shape, (target) => {
      for (let i = 0; i < before * after; i++) {
        const row = Math.floor(i / after) * along + within(chosen[i] ?? 0, along, mode);
        target[i] = x[row * after + (i % after)] ?? 0;
      }
    });
  },
  /** The slices of `a` along an axis that the indices name. */
  take(
    a: NDArray,
    indices: NDArray,
    { axis = 0, mode = "clip" }: { readonly axis?: number; readonly mode?: IndexMode } = {},
  ): NDArray {
    const at = normalizeAxis(axis, a.ndim, "take");
    const { before, along, after } = splitAxes(a.shape, at);
    const x = a.numbers();
    const chosen = indices.numbers();
    const shape = [...a.shape.slice(0, at), ...indices.shape, ...a.shape.slice(at + 1)];
    return NDArray.build(a.dtype, shape, (target) => {
      let to = 0;
      for (let i = 0; i < before; i++) {
        for (const index of chosen) {
          const from = (i * along + within(index, along, mode)) * after;
          for (let j = 0; j < after; j++) target[to++] = x[from + j] ?? 0;
        }
      }
    });
  },
  /** Of each row of a matrix, the one element its index names. */
  batch_take: (a: NDArray, indices: NDArray): NDArray => indexing.pick(a, indices, { axis: 1 }),
  /** Positions that sort each line. */
  argsort(data: NDArray, options: SortOptions & { readonly dtype?: DType } = {}): NDArray {
    const { axis = -1, is_ascend = true, dtype = "float32" } = options;
    if (axis === null) return indexing.argsort(data.reshape(-1), { ...options, axis: 0 });
    const at = normalizeAxis(axis, data.ndim, "argsort");
    const { after } = splitAxes(data.shape, at);
    return NDArray.build(dtype, data.shape, (target) => {
      for (const { at: start, order } of orderAlong(data, at, is_ascend)) {
        for (const [i, position] of order.entries()) target[start + i * after] = position;
      }
    });
  },
  sort(data: NDArray, { axis = -1, is_ascend = true }: SortOptions = {}): NDArray {
    if (axis === null) return indexing.sort(data.reshape(-1), { axis: 0, is_ascend });
    const at = normalizeAxis(axis, data.ndim, "sort");
    const { after } = splitAxes(data.shape, at);
    const x = data.numbers();
    return NDArray.build(data.dtype, data.shape, (target) => {
      for (const { at: start, order } of orderAlong(data, at, is_ascend)) {
        for (const [i, position] of order.entries()) target[start + i * after] = x[start + position * after] ?? 0;
      }
    });
  },
};
