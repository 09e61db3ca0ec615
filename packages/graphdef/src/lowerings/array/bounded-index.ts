import type { GraphBuilder, GraphValue } from "@mxgraft/operator";
import { binary, cast } from "../arithmetic.ts";

/** Indices as int32 within 0..size-1: without their fraction, those out of range made the nearest or going round. */
export function boundedIndex(
  graph: GraphBuilder,
  index: GraphValue,
  size: number,
  mode: "clip" | "wrap" | "raise",
): GraphValue {
  const whole = cast(graph, index, "int32");
  if (mode === "wrap") return binary(graph, "FloorMod", whole, size);
  return binary(graph, "Maximum", binary(graph, "Minimum", whole, size - 1), 0);
}
