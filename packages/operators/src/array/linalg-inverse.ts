import { squareMatrixOperator } from "./square-matrix-operator.ts";

/**
 * The inverse of each matrix.
 *
 * Shapes: A (..., n, n) -> output (..., n, n).
 *
 * @throws ShapeError  A is no stack of square matrices.
 */
export const linalgInverse = squareMatrixOperator({ name: "_linalg_inverse", aliases: ["linalg_inverse"] });
