import { squareMatrixOperator } from "./square-matrix-operator.ts";

/**
 * The inverse of A A^T, where A is lower triangular as from potrf.
 *
 * Shapes: A (..., n, n) -> output (..., n, n), symmetric.
 *
 * @throws ShapeError  A is no stack of square matrices.
 */
export const linalgPotri = squareMatrixOperator({
  name: "_linalg_potri",
  aliases: ["linalg_potri"],
  backwardReads: { arguments: [0], outputs: [0] },
});
