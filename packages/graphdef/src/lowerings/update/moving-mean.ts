import type { GraphBuilder, GraphValue } from "@mxgraft/operator";
import { add, mul } from "../arithmetic.ts";

/** kept * mean + (1 - kept) * x. */
export function movingMean(graph: GraphBuilder, mean: GraphValue, x: GraphValue, kept: number): GraphValue {
  return add(graph, mul(graph, mean, kept), mul(graph, x, 1 - kept));
}
