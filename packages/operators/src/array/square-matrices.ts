import { formatShape, type Shape, ShapeError } from "@mxgraft/base";

/**
 * Checks that an argument is a stack of square matrices.
 *
 * @throws ShapeError  it has fewer than two axes, or rows and columns differ.
 */
export function requireSquare(argument: string, shape: Shape | undefined): void {
  if (shape === undefined) return;
  const [rows, columns] = [shape.at(-2), shape.at(-1)];
  if (shape.length >= 2 && (rows === columns || rows === 0 || columns === 0)) return;
  throw new ShapeError(
    `argument "${argument}" has shape ${formatShape(shape)}, expected square matrices (..., n, n).`,
    {
      argument,
      expected: "(..., n, n)",
      actual: shape,
    },
  );
}
