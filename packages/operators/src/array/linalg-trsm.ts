import { triangularProduct } from "./triangular-product.ts";

/**
 * The solution of op(A) output = alpha B, or of output op(A) = alpha B with `rightside`, where A is triangular and op
 * transposes or does not.
 *
 * Shapes: A (..., n, n), B (..., n, m) or (..., m, n) -> output (as B).
 *
 * @throws ShapeError  A is not square, or does not fit B.
 */
export const linalgTrsm = triangularProduct("_linalg_trsm", ["linalg_trsm"], { arguments: [0], outputs: [0] });
