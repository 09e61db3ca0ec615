import { formatShape, type HostArray, type Shape, ShapeError, sizeOf, stridesOf } from "@mxgraft/base";
import { valuesOf } from "./values-of.ts";

/** A column: MXNet's regression metrics compare (N) as (N, 1). */
function columnShape(shape: Shape): Shape {
  return shape.length === 1 ? [shape[0] ?? 0, 1] : shape;
}

/** Sizes of the axes that two arrays broadcast to, NumPy's way; `null` when they do not. */
function broadcastShape(a: Shape, b: Shape): number[] | null {
  const shape: number[] = [];
  for (let i = 1; i <= Math.max(a.length, b.length); i++) {
    const left = a.at(-i) ?? 1;
    const right = b.at(-i) ?? 1;
    if (left !== right && left !== 1 && right !== 1) return null;
    shape.unshift(left === 1 ? right : left);
  }
  return shape;
}

/** Elements to step for each axis of the broadcast shape: 0 where the array is repeated. */
function broadcastStrides(shape: Shape, rank: number): number[] {
  const strides = stridesOf(shape).map((step, i) => (shape[i] === 1 ? 0 : step));
  return [...new Array<number>(rank - shape.length).fill(0), ...strides];
}

/**
 * Mean of a function of label - prediction, where 1-D arrays are columns and the two broadcast against each other:
 * label (N) against prediction (N, 3) compares each label with three predictions.
 *
 * @throws ShapeError  the shapes do not broadcast.
 */
export function meanDifference(
  label: HostArray,
  pred: HostArray,
  measure: (difference: number) => number,
  subject: string,
): number {
  const left = columnShape(label.shape);
  const right = columnShape(pred.shape);
  const shape = broadcastShape(left, right);
  if (shape === null) {
    throw new ShapeError(
      `${subject}: label ${formatShape(label.shape)} cannot be compared with prediction ${formatShape(pred.shape)}; expected the same shape.`,
      { expected: label.shape, actual: pred.shape },
    );
  }
  const a = valuesOf(label);
  const b = valuesOf(pred);
  const aStrides = broadcastStrides(left, shape.length);
  const bStrides = broadcastStrides(right, shape.length);
  const size = sizeOf(shape);
  let sum = 0;
  for (let i = 0; i < size; i++) {
    let rest = i;
    let ai = 0;
    let bi = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const length = shape[axis] ?? 1;
      const index = rest % length;
      rest = (rest - index) / length;
      ai += index * (aStrides[axis] ?? 0);
      bi += index * (bStrides[axis] ?? 0);
    }
    sum += measure((a[ai] ?? 0) - (b[bi] ?? 0));
  }
  return sum / size;
}
