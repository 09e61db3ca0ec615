import type { Lowering } from "@mxgraft/operator";
import type { ClipAttributes } from "@mxgraft/operators";
import { binary, cast, mul } from "../arithmetic.ts";
import { given } from "../given.ts";

/** Lowering of clip. */
export const clipLowering: Lowering<ClipAttributes> = {
  forward({ graph, attributes: { a_min, a_max }, inputs: [data] }) {
    const x = given(data, "data");
    const bound = (value: number) => (x.type === "float32" ? value : Math.trunc(value));
    return [binary(graph, "Minimum", binary(graph, "Maximum", x, bound(a_min)), bound(a_max))];
  },
  backward({ graph, attributes: { a_min, a_max }, inputs: [data], headGradients: [dy] }) {
    if (!dy) return [];
    const x = given(data, "data");
    const inside = graph.one("LogicalAnd", [
      binary(graph, "GreaterEqual", x, a_min),
      binary(graph, "LessEqual", x, a_max),
    ]);
    return [mul(graph, dy, cast(graph, inside, dy.type))];
  },
};
