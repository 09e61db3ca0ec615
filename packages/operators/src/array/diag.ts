import { formatShape, normalizeAxis, type Shape, ShapeError, sizeOf, stridesOf } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, integer, type OperatorSpec } from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  k: defaulted(integer(), 0, "which diagonal: k columns right of the main one"),
  axis1: defaulted(integer(), 0, "axis of the rows"),
  axis2: defaulted(integer(), 1, "axis of the columns"),
};

export type DiagAttributes = AttributesOf<typeof attributes>;

/** Rows before the first element of the diagonal, columns before it. */
function start(k: number): readonly [number, number] {
  return [Math.max(-k, 0), Math.max(k, 0)];
}

function diagonal({ k, axis1, axis2 }: DiagAttributes, shape: Shape): { rows: number; columns: number; size: number } {
  const rows = normalizeAxis(axis1, shape.length, 'attribute "axis1"');
  const columns = normalizeAxis(axis2, shape.length, 'attribute "axis2"');
  const [down, right] = start(k);
  return { rows, columns, size: Math.min((shape[rows] ?? 0) - down, (shape[columns] ?? 0) - right) };
}

/** Where the elements of the diagonal lie in an array of a shape, in the order in which they come out. */
export function diagonalPositions(attributes: DiagAttributes, shape: Shape): Int32Array {
  const { rows, columns, size } = diagonal(attributes, shape);
  const strides = stridesOf(shape);
  const [down, right] = start(attributes.k);
  const [byRow, byColumn] = [strides[rows] ?? 0, strides[columns] ?? 0];
  const others = [...shape.keys()].filter((axis) => axis !== rows && axis !== columns);
  const counts = others.map((axis) => shape[axis] ?? 1);
  const steps = stridesOf(counts);
  const positions = new Int32Array(sizeOf(counts) * size);
  for (let i = 0; i < positions.length; i++) {
    const [outer, along] = [Math.floor(i / size), i % size];
    let position = (down + along) * byRow + (right + along) * byColumn;
    for (const [j, axis] of others.entries()) {
      position += (Math.floor(outer / (steps[j] ?? 1)) % (counts[j] ?? 1)) * (strides[axis] ?? 0);
    }
    positions[i] = position;
  }
  return positions;
}

/**
 * The diagonal of matrices, or a matrix with a vector as its diagonal and zeros around.
 *
 * Shapes: data (n) -> output (n + |k|, n + |k|); data (..., r, ..., c, ...) -> output (..., size of the diagonal).
 *
 * @throws ShapeError  the diagonal lies outside the matrix.
 */
export const diag: OperatorSpec<DiagAttributes> = defineOperator({
  name: "diag",
  attributes,
  backwardReads: readsNothing,
  inferShape(attributes, known) {
    const data = known.arguments[0];
    if (data === undefined) return {};
    if (data.length === 1) {
      const size = data[0] ? data[0] + Math.abs(attributes.k) : 0;
      return { outputs: [[size, size]] };
    }
    const { rows, columns, size } = diagonal(attributes, data);
    if (data.includes(0)) return {};
    if (rows === columns || size <= 0) {
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}, which has no diagonal ${attributes.k} of axes ${rows} and ${columns}.`,
        { argument: "data", actual: data },
      );
    }
    return { outputs: [[...data.filter((_, axis) => axis !== rows && axis !== columns), size]] };
  },
});
