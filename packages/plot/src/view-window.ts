import type { PlaneSet } from "./drawing-plane.ts";

/** The square of the plane that a panel shows: equal scales on both axes. */
export interface ViewWindow {
  readonly x: number;
  readonly y: number;
  /** Half of its side. */
  readonly half: number;
}

/** Room around the outermost points, so that none touches the frame. */
const MARGIN = 1.07;

/** The smallest square, with a margin, around all finite points. */
export function windowAround(points: readonly (ArrayLike<number> | undefined)[]): ViewWindow {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.POSITIVE_INFINITY;
  let top = Number.NEGATIVE_INFINITY;
  for (const set of points) {
    for (let i = 0; set !== undefined && i + 1 < set.length; i += 2) {
      const x = set[i] ?? Number.NaN;
      const y = set[i + 1] ?? Number.NaN;
      if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      bottom = Math.min(bottom, y);
      top = Math.max(top, y);
    }
  }
  if (left > right) return { x: 0, y: 0, half: 1 };
  const side = Math.max(right - left, top - bottom);
  return { x: (left + right) / 2, y: (bottom + top) / 2, half: side > 0 ? (side / 2) * MARGIN : 1 };
}

/** Points of a set that cannot be drawn. */
export function countUndrawable({ points }: PlaneSet): number {
  let count = 0;
  for (let i = 0; i + 1 < points.length; i += 2) {
    if (!Number.isFinite(points[i]) || !Number.isFinite(points[i + 1])) count++;
  }
  return count;
}
