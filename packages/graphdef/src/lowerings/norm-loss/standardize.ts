import type { GraphBuilder, GraphValue } from "@mxgraft/operator";
import { add, mul, sub, unary } from "../arithmetic.ts";
import { integers } from "../shapes.ts";

/** The means along the last axis, which stays with size 1. */
export function meanOfRows(graph: GraphBuilder, x: GraphValue): GraphValue {
  return graph.one("Mean", [x, integers(graph, [-1])], { keep_dims: true });
}

/**
 * What brings rows along the last axis to mean 0 and variance 1: (x - mean) / std with std = sqrt(variance + eps). All
 * but `centered` have a last axis of size 1.
 */
export function standardize(graph: GraphBuilder, x: GraphValue, eps: number) {
  const mean = meanOfRows(graph, x);
  const centered = sub(graph, x, mean);
  const variance = add(graph, meanOfRows(graph, unary(graph, "Square", centered)), eps);
  return { centered, mean, std: unary(graph, "Sqrt", variance), inverse: unary(graph, "Rsqrt", variance) };
}

/**
 * The gradient of (x - mean) / std times std, from that of the rows: dy - mean(dy) - rows mean(dy rows).
 *
 * @param rows    or the centered ones, with a factor for them.
 * @param factor  mean(dy rows).
 */
export function standardizeGradient(
  graph: GraphBuilder,
  dy: GraphValue,
  mean: GraphValue,
  rows: GraphValue,
  factor: GraphValue,
): GraphValue {
  return sub(graph, sub(graph, dy, mean), mul(graph, rows, factor));
}
