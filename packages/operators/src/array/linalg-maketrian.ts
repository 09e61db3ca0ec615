import { madeFromPart, triangleRows, triangularPartAttributes, triangularPlaces } from "./matrix-part.ts";

/**
 * Matrices that are 0 but for a triangle, which is packed into a vector: a lower one by rows, an upper one by columns.
 *
 * Shapes: A (..., k) -> output (..., n, n).
 *
 * @throws ShapeError  k numbers fill no triangle.
 */
export const linalgMaketrian = madeFromPart({
  name: "linalg_maketrian",
  attributes: triangularPartAttributes,
  places: triangularPlaces,
  rows: triangleRows,
});
