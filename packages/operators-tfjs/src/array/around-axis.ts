import { type Shape, sizeOf } from "@mxgraft/base";

/** A shape as three axes: all before one, itself, all after it. */
export function aroundAxis(shape: Shape, axis: number): [number, number, number] {
  return [sizeOf(shape.slice(0, axis)), shape[axis] ?? 1, sizeOf(shape.slice(axis + 1))];
}
