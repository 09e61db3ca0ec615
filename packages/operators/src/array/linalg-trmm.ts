import { triangularProduct } from "./triangular-product.ts";

/**
 * output = alpha op(A) B, or alpha B op(A) with `rightside`, where A is triangular and op transposes or does not.
 *
 * Shapes: A (..., n, n), B (..., n, m) or (..., m, n) -> output (as B).
 *
 * @throws ShapeError  A is not square, or does not fit B.
 */
export const linalgTrmm = triangularProduct("_linalg_trmm", ["linalg_trmm"], { arguments: [0, 1], outputs: [] });
