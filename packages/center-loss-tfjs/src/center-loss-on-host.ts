// Indices stay inside the arrays by construction; a check for undefined in the inner loops would cost a tenth.

import { occurrencesOf } from "./occurrences.ts";

/** Memory of a float array that can be changed in place. */
export type Floats = Float32Array | Float64Array;

/**
 * Writes diff = data - center of the own class and sums its squares.
 *
 * @param data     (N, D) features.
 * @param classes  (N) class of each row.
 * @param centers  (C, D) table.
 * @param diff     at least (N, D), where the differences go.
 * @returns sum |diff|^2 over the N rows.
 */
export function compareWithCenters(
  data: ArrayLike<number>,
  classes: Int32Array,
  centers: Floats,
  diff: Floats,
  size: number,
): number {
  let sum = 0;
  for (let row = 0; row < classes.length; row++) {
    const from = row * size;
    const own = (classes[row] as number) * size;
    for (let i = 0; i < size; i++) {
      const difference = Math.fround((data[from + i] as number) - (centers[own + i] as number));
      diff[from + i] = difference;
      sum += difference * difference;
    }
  }
  return sum;
}

/**
 * Moves the centers of the classes that occur: c_y += alpha * sum(diff of class y) / (1 + n_y).
 *
 * @param diff  (N, D) as written by `compareWithCenters`; may have more rows.
 */
export function moveCenters(centers: Floats, diff: Floats, classes: Int32Array, alpha: number, size: number): void {
  const { distinct, group, count } = occurrencesOf(classes);
  const sums = new Float64Array(distinct.length * size);
  for (let row = 0; row < classes.length; row++) {
    const to = (group[row] as number) * size;
    const from = row * size;
    for (let i = 0; i < size; i++) sums[to + i] = (sums[to + i] as number) + (diff[from + i] as number);
  }
  for (let k = 0; k < distinct.length; k++) {
    const step = alpha / (1 + (count[k] as number));
    const to = (distinct[k] as number) * size;
    for (let i = 0; i < size; i++) {
      centers[to + i] = (centers[to + i] as number) + step * (sums[k * size + i] as number);
    }
  }
}
