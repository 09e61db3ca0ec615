import { type HostArray, toFloat32 } from "@mxgraft/base";

/** A column of a row of scores. */
export interface ScoredClass {
  readonly class: number;
  readonly score: number;
}

/**
 * The `k` largest scores of each row, largest first, of equals the one with the smaller index.
 *
 * @param scores  (N, classes).
 */
export function topClasses(scores: HostArray, k: number): ScoredClass[][] {
  const [rows = 0, width = 0] = scores.shape;
  const values = toFloat32(scores);
  return Array.from({ length: rows }, (_, row) =>
    [...values.subarray(row * width, (row + 1) * width)]
      .map((score, index) => ({ class: index, score }))
      .sort((a, b) => b.score - a.score || a.class - b.class)
      .slice(0, k),
  );
}
