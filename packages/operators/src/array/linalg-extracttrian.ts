import { extractedPart, triangularPartAttributes, triangularPlaces } from "./matrix-part.ts";

/**
 * A triangle of each matrix as a vector: a lower one by rows, an upper one by columns.
 *
 * Shapes: A (..., n, n) -> output (..., k).
 *
 * @throws ShapeError  A is no stack of square matrices.
 */
export const linalgExtracttrian = extractedPart({
  name: "linalg_extracttrian",
  attributes: triangularPartAttributes,
  places: triangularPlaces,
});
