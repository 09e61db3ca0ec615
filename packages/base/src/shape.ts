import { ShapeError } from "./errors.ts";

/**
 * Sizes of the axes, outermost first. As in MXNet 1.x, a size of 0 stands for "not known yet" during inference;
 * an unknown number of axes is `undefined` (MXNet writes `()`).
 */
export type Shape = readonly number[];

/** Number of elements; 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const axis of shape) size *= axis;
  return size;
}

/** `(128, 10)`, `(128,)`, `()`; an unknown axis is `?`, an unknown shape `(...)`. */
export function formatShape(shape: Shape | undefined): string {
  if (shape === undefined) return "(...)";
  const axes = shape.map((axis) => (axis > 0 ? String(axis) : "?"));
  return axes.length === 1 ? `(${axes[0]},)` : `(${axes.join(", ")})`;
}

/** Whether the number of axes and every size is known. */
export function isKnown(shape: Shape | undefined): shape is Shape {
  return shape?.every((axis) => axis > 0) ?? false;
}

export function equalShapes(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((axis, i) => axis === b[i]);
}

/**
 * What two partial shapes of one array say together.
 *
 * @returns the merged shape, or `null` when they contradict each other.
 */
export function mergeShapes(a: Shape | undefined, b: Shape | undefined): Shape | undefined | null {
  if (a === undefined) return b;
  if (b === undefined) return a;
  if (a.length !== b.length) return null;
  const merged: number[] = [];
  for (const [i, axis] of a.entries()) {
    const other = b[i] ?? 0;
    if (axis > 0 && other > 0 && axis !== other) return null;
    merged.push(axis || other);
  }
  return merged;
}

/** Elements to step over to get to the next index of each axis, for row-major order. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis] ?? 1;
  }
  return strides;
}

/**
 * An axis counted from 0, where a negative one counts from the end.
 *
 * @throws ShapeError  the axis is out of range.
 */
export function normalizeAxis(axis: number, rank: number, subject: string): number {
  const positive = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || positive < 0 || positive >= rank) {
    throw new ShapeError(`${subject}: axis ${axis} is out of range, expected ${-rank}..${rank - 1} for ${rank} axes.`, {
      actual: axis,
      expected: [-rank, rank - 1],
    });
  }
  return positive;
}
