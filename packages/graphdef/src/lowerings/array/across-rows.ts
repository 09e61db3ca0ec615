import type { GraphBuilder, GraphValue } from "@mxgraft/operator";
import { add, mul } from "../arithmetic.ts";

/**
 * Places in all rows of a matrix, numbered as one axis, from those within each row.
 *
 * @param within  (R, n), or (1, n) where they are the same in each row; int32.
 * @param rows    R, at run time.
 * @param size    elements of a row.
 * @returns the places (R, n), and how many elements all rows have.
 */
export function acrossRows(graph: GraphBuilder, within: GraphValue, rows: GraphValue, size: number) {
  const total = mul(graph, rows, size);
  const starts = graph.one("Range", [graph.constant(0, "int32"), total, graph.constant(size, "int32")]);
  return { places: add(graph, graph.one("ExpandDims", [starts, graph.constant(1, "int32")]), within), total };
}
