import { diagonalPartAttributes, diagonalPlaces, madeFromPart } from "./matrix-part.ts";

/**
 * Matrices that are 0 but for a diagonal.
 *
 * Shapes: A (..., k) -> output (..., k + |offset|, k + |offset|).
 */
export const linalgMakediag = madeFromPart({
  name: "linalg_makediag",
  attributes: diagonalPartAttributes,
  places: diagonalPlaces,
  rows: (count) => count,
});
