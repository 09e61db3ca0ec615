import { formatShape, mergeShapes, type Shape, ShapeError } from "@mxgraft/base";

interface Factors {
  readonly transpose_a: boolean;
  readonly transpose_b: boolean;
}

/**
 * The shape of the products of stacks of matrices, (..., m, k) times (..., k, n).
 *
 * @param names  of the two arguments, for messages.
 * @throws ShapeError  the matrices do not fit, or the stacks differ.
 */
export function matrixProductShape(
  { transpose_a, transpose_b }: Factors,
  a: Shape,
  b: Shape,
  names: readonly [string, string],
): Shape {
  const [rows = 0, leftInner = 0] = transpose_a ? a.slice(-2).toReversed() : a.slice(-2);
  const [rightInner = 0, columns = 0] = transpose_b ? b.slice(-2).toReversed() : b.slice(-2);
  const stack = mergeShapes(a.slice(0, -2), b.slice(0, -2));
  const inner = leftInner === 0 || rightInner === 0 || leftInner === rightInner;
  if (a.length < 2 || b.length < 2 || !stack || !inner) {
    throw new ShapeError(
      `argument "${names[1]}" has shape ${formatShape(b)}, which does not fit "${names[0]}" ${formatShape(a)}: expected as many matrices, and ${leftInner} elements to sum over.`,
      { argument: names[1], actual: b, expected: a },
    );
  }
  return [...stack, rows, columns];
}
