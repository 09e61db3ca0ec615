import { perMatrix, squareMatrixOperator } from "./square-matrix-operator.ts";

/**
 * The sum of the logarithms of each matrix's diagonal.
 *
 * Shapes: A (..., n, n) -> output (...), (1) for a single matrix.
 *
 * @throws ShapeError  A is no stack of square matrices.
 */
export const linalgSumlogdiag = squareMatrixOperator({
  name: "_linalg_sumlogdiag",
  aliases: ["linalg_sumlogdiag"],
  outputShape: perMatrix,
  backwardReads: { arguments: [0], outputs: [] },
});
