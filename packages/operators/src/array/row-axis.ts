import { normalizeAxis, type Shape } from "@mxgraft/base";

/** A shape with the axis of the rows moved to where matrices have it, before the last. */
export function rowAxisMoved(shape: Shape, axis: number): Shape {
  const at = normalizeAxis(axis, shape.length, 'attribute "axis"');
  const rest = shape.toSpliced(at, 1);
  return rest.toSpliced(rest.length - 1, 0, shape[at] ?? 0);
}

/** The opposite of `rowAxisMoved`. */
export function rowAxisRestored(shape: Shape, axis: number): Shape {
  const at = normalizeAxis(axis, shape.length, 'attribute "axis"');
  return shape.toSpliced(shape.length - 2, 1).toSpliced(at, 0, shape.at(-2) ?? 0);
}
