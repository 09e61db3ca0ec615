import type { GraphBuilder, GraphValue } from "@mxgraft/operator";
import { binary } from "../arithmetic.ts";

/** Which elements are not 0. */
export function truth(graph: GraphBuilder, x: GraphValue): GraphValue {
  return x.type === "bool" ? x : binary(graph, "NotEqual", x, 0);
}
