import { perMatrix, squareMatrixOperator } from "./square-matrix-operator.ts";

/**
 * The sign of each matrix's determinant and the logarithm of its absolute value.
 *
 * Shapes: A (..., n, n) -> sign, logabsdet (...), (1) for a single matrix; no gradient through sign.
 *
 * @throws ShapeError  A is no stack of square matrices.
 */
export const linalgSlogdet = squareMatrixOperator({
  name: "_linalg_slogdet",
  aliases: ["linalg_slogdet"],
  outputs: ["sign", "logabsdet"],
  outputShape: perMatrix,
  backwardReads: { arguments: [0], outputs: [] },
});
