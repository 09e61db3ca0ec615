import { formatShape, type Shape, ShapeError, sizeOf, stridesOf } from "@mxgraft/base";
import type { NumberArray } from "./numbers.ts";

/**
 * The shape two arrays have together, axes aligned at the end, an axis of 1 stretched.
 *
 * @throws ShapeError  they have different sizes along an axis, neither of them 1.
 */
export function broadcastShapes(a: Shape, b: Shape, subject: string): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left === right || right === 1) return left;
    if (left === 1) return right;
    throw new ShapeError(
      `${subject}: shapes ${formatShape(a)} and ${formatShape(b)} do not broadcast; axis ${axis} is ${left} and ${right}.`,
      { expected: a, actual: b },
    );
  });
}

/** Steps in memory for each axis of `to` when an array of shape `from` is stretched over it; 0 where it repeats. */
function stretchedStrides(from: Shape, to: Shape): number[] {
  const strides = stridesOf(from);
  const offset = to.length - from.length;
  return to.map((_, axis) => (from[axis - offset] === 1 ? 0 : (strides[axis - offset] ?? 0)));
}

/** Calls `visit` with the offsets in `a` and `b` of every element of `shape`, row-major. */
function walkPairs(a: Shape, b: Shape, shape: Shape, visit: (at: number, atA: number, atB: number) => void): void {
  const size = sizeOf(shape);
  const stepA = stretchedStrides(a, shape);
  const stepB = stretchedStrides(b, shape);
  const index = new Array<number>(shape.length).fill(0);
  let atA = 0;
  let atB = 0;
  for (let at = 0; at < size; at++) {
    visit(at, atA, atB);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (index[axis] ?? 0) + 1;
      atA += stepA[axis] ?? 0;
      atB += stepB[axis] ?? 0;
      if (next < (shape[axis] ?? 0)) {
        index[axis] = next;
        break;
      }
      index[axis] = 0;
      atA -= next * (stepA[axis] ?? 0);
      atB -= next * (stepB[axis] ?? 0);
    }
  }
}

/** `target = operation(a, b)` over the broadcast `shape`. */
export function combine(
  operation: (left: number, right: number) => number,
  a: { readonly values: NumberArray; readonly shape: Shape },
  b: { readonly values: NumberArray; readonly shape: Shape },
  shape: Shape,
  target: NumberArray,
): void {
  const { values: left } = a;
  const { values: right } = b;
  const size = target.length;
  if (left.length === size && right.length === size) {
    for (let i = 0; i < size; i++) target[i] = operation(left[i] ?? 0, right[i] ?? 0);
  } else if (right.length === 1) {
    const value = right[0] ?? 0;
    for (let i = 0; i < size; i++) target[i] = operation(left[i] ?? 0, value);
  } else if (left.length === 1) {
    const value = left[0] ?? 0;
    for (let i = 0; i < size; i++) target[i] = operation(value, right[i] ?? 0);
  } else {
    walkPairs(a.shape, b.shape, shape, (at, atA, atB) => {
      target[at] = operation(left[atA] ?? 0, right[atB] ?? 0);
    });
  }
}
