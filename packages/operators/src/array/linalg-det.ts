import { perMatrix, squareMatrixOperator } from "./square-matrix-operator.ts";

/**
 * The determinant of each matrix.
 *
 * Shapes: A (..., n, n) -> output (...), (1) for a single matrix.
 *
 * @throws ShapeError  A is no stack of square matrices.
 */
export const linalgDet = squareMatrixOperator({
  name: "_linalg_det",
  aliases: ["linalg_det"],
  outputShape: perMatrix,
  backwardReads: { arguments: [0], outputs: [0] },
});
