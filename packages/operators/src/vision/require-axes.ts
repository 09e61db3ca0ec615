import { formatShape, type Shape, ShapeError } from "@mxgraft/base";

/**
 * Checks the number of axes of an argument.
 *
 * @param axes  what they are, `(batch, channel, y, x)`.
 * @throws ShapeError  the shape has another number of axes.
 */
export function requireAxes(argument: string, shape: Shape | undefined, axes: string): void {
  if (shape === undefined) return;
  const count = axes.split(",").length;
  if (shape.length === count) return;
  throw new ShapeError(`argument "${argument}" has shape ${formatShape(shape)}, expected ${count} axes ${axes}.`, {
    argument,
    expected: count,
    actual: shape,
  });
}

/** The axes of a feature map. */
export const MAP_AXES = "(batch, channel, y, x)";
