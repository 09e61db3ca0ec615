import { normalizeAxis, type Shape, stridesOf } from "@mxgraft/base";
import type { NumberArray } from "./numbers.ts";

/** Over which axes to reduce, as MXNet's reductions take it. */
export interface ReduceOptions {
  /** One axis or several; all of them when left out. */
  readonly axis?: number | readonly number[] | undefined;
  /** Keep the reduced axes with size 1. */
  readonly keepdims?: boolean;
  /** Reduce over all axes but the given ones. */
  readonly exclude?: boolean;
}

/** The axes a reduction runs over, counted from 0, in order. */
export function reducedAxes(shape: Shape, options: ReduceOptions, subject: string): number[] {
  const { axis, exclude = false } = options;
  const all = [...shape.keys()];
  if (axis === undefined || (typeof axis !== "number" && axis.length === 0)) return exclude ? [] : all;
  const given = (typeof axis === "number" ? [axis] : axis).map((one) => normalizeAxis(one, shape.length, subject));
  return all.filter((one) => given.includes(one) !== exclude);
}

/** The shape a reduction leaves; `(1,)` when no axis is left, as MXNet has no scalars. */
export function reducedShape(shape: Shape, axes: readonly number[], keepdims: boolean): Shape {
  if (keepdims) return shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const kept = shape.filter((_, axis) => !axes.includes(axis));
  return kept.length === 0 ? [1] : kept;
}

/** Offsets, row-major, of the elements along some axes with the other axes at 0. */
function offsetsAlong(shape: Shape, axes: readonly number[]): Int32Array {
  const strides = stridesOf(shape);
  let offsets = new Int32Array([0]);
  for (const axis of axes) {
    const size = shape[axis] ?? 1;
    const next = new Int32Array(offsets.length * size);
    for (const [i, offset] of offsets.entries()) {
      for (let j = 0; j < size; j++) next[i * size + j] = offset + j * (strides[axis] ?? 0);
    }
    offsets = next;
  }
  return offsets;
}

/**
 * Calls `reduce` for each element of the result, with the offsets (from `base`) of the elements it comes from.
 *
 * @param target  the result; sums run in float64 and are rounded once, here.
 */
export function reduceInto(
  values: NumberArray,
  shape: Shape,
  axes: readonly number[],
  target: NumberArray,
  reduce: (values: NumberArray, base: number, offsets: Int32Array) => number,
): void {
  const kept = [...shape.keys()].filter((axis) => !axes.includes(axis));
  const bases = offsetsAlong(shape, kept);
  const offsets = offsetsAlong(shape, axes);
  for (let i = 0; i < bases.length; i++) target[i] = reduce(values, bases[i] ?? 0, offsets);
}

function sum(values: NumberArray, base: number, offsets: Int32Array): number {
  let total = 0;
  for (const offset of offsets) total += values[base + offset] ?? 0;
  return total;
}

/** `reduceInto` functions for the reductions of MXNet. */
export const REDUCTIONS = {
  sum,
  mean: (values, base, offsets) => sum(values, base, offsets) / offsets.length,
  prod(values, base, offsets) {
    let product = 1;
    for (const offset of offsets) product *= values[base + offset] ?? 0;
    return product;
  },
  max(values, base, offsets) {
    let best = Number.NEGATIVE_INFINITY;
    for (const offset of offsets) best = Math.max(best, values[base + offset] ?? 0);
    return best;
  },
  min(values, base, offsets) {
    let best = Number.POSITIVE_INFINITY;
    for (const offset of offsets) best = Math.min(best, values[base + offset] ?? 0);
    return best;
  },
  /** Position of the first largest element. */
  argmax(values, base, offsets) {
    let best = 0;
    for (let i = 1; i < offsets.length; i++) {
      if ((values[base + (offsets[i] ?? 0)] ?? 0) > (values[base + (offsets[best] ?? 0)] ?? 0)) best = i;
    }
    return best;
  },
  /** Position of the first smallest element. */
  argmin(values, base, offsets) {
    let best = 0;
    for (let i = 1; i < offsets.length; i++) {
      if ((values[base + (offsets[i] ?? 0)] ?? 0) < (values[base + (offsets[best] ?? 0)] ?? 0)) best = i;
    }
    return best;
  },
  absoluteSum(values, base, offsets) {
    let total = 0;
    for (const offset of offsets) total += Math.abs(values[base + offset] ?? 0);
    return total;
  },
  /** Square root of the sum of squares. */
  euclidean(values, base, offsets) {
    let total = 0;
    for (const offset of offsets) total += (values[base + offset] ?? 0) ** 2;
    return Math.sqrt(total);
  },
} as const satisfies Record<string, (values: NumberArray, base: number, offsets: Int32Array) => number>;
