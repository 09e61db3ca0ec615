import { type Shape, sizeOf } from "@mxgraft/base";

/** How many elements lie before, along and after an axis: element (b, i, a) is at `(b * along + i) * after + a`. */
export function splitAxes(shape: Shape, axis: number): { before: number; along: number; after: number } {
  return { before: sizeOf(shape.slice(0, axis)), along: shape[axis] ?? 1, after: sizeOf(shape.slice(axis + 1)) };
}
