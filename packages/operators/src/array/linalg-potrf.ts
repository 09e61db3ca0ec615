import { squareMatrixOperator } from "./square-matrix-operator.ts";

/**
 * Cholesky's factor L of symmetric, positive definite matrices A = L L^T; only the lower triangle of A is read.
 *
 * Shapes: A (..., n, n) -> output (..., n, n), lower triangular.
 *
 * @throws ShapeError  A is no stack of square matrices.
 */
export const linalgPotrf = squareMatrixOperator({ name: "_linalg_potrf", aliases: ["linalg_potrf"] });
