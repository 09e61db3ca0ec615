import { diagonalPartAttributes, diagonalPlaces, extractedPart } from "./matrix-part.ts";

/**
 * A diagonal of each matrix.
 *
 * Shapes: A (..., n, n) -> output (..., n - |offset|).
 *
 * @throws ShapeError  A is no stack of square matrices.
 */
export const linalgExtractdiag = extractedPart({
  name: "linalg_extractdiag",
  attributes: diagonalPartAttributes,
  places: diagonalPlaces,
});
