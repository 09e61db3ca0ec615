import type { GraphBuilder, GraphValue } from "@mxgraft/operator";
import { binary, unary } from "../arithmetic.ts";

/** a modulo b with the sign of b, and 0 for b = 0, where TensorFlow gives NaN and refuses integers. */
export function modulo(graph: GraphBuilder, a: GraphValue, b: GraphValue): GraphValue {
  const isZero = binary(graph, "Equal", b, 0);
  const divisor = graph.one("SelectV2", [isZero, unary(graph, "OnesLike", b), b]);
  return graph.one("SelectV2", [isZero, graph.constant(0, a.type), binary(graph, "FloorMod", a, divisor)]);
}
