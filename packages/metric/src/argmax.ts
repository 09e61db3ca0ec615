import { type HostArray, normalizeAxis, stridesOf } from "@mxgraft/base";
import { valuesOf } from "./values-of.ts";

/**
 * Index of the largest element along an axis, the first of equal ones, for every position of the other axes in
 * row-major order. NaN is never the largest.
 *
 * @throws ShapeError  the array has no such axis.
 */
export function argmax(array: HostArray, axis: number, subject: string): Float64Array {
  const at = normalizeAxis(axis, array.shape.length, subject);
  const size = array.shape[at] ?? 1;
  const step = stridesOf(array.shape)[at] ?? 1;
  const values = valuesOf(array);
  const result = new Float64Array(size === 0 ? 0 : values.length / size);
  for (let i = 0; i < result.length; i++) {
    const start = Math.floor(i / step) * step * size + (i % step);
    let best = Number.NEGATIVE_INFINITY;
    let index = 0;
    for (let k = 0; k < size; k++) {
      const value = values[start + k * step] ?? 0;
      if (value > best) {
        best = value;
        index = k;
      }
    }
    result[i] = index;
  }
  return result;
}
