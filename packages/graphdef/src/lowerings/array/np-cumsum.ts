import { normalizeAxis } from "@mxgraft/base";
import { type GraphBuilder, type GraphValue, type Lowering, tensorType } from "@mxgraft/operator";
import type { CumsumAttributes } from "@mxgraft/operators";
import { cast } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, reshaped } from "../shapes.ts";

/** Sums up to each element of an axis, or of the flat array; from the other end if `reverse`. */
function sums(graph: GraphBuilder, x: GraphValue, axis: number | null, rank: number, reverse: boolean): GraphValue {
  const seen = axis === null ? graph.one("Reshape", [x, integers(graph, [-1])]) : x;
  const at = axis === null ? 0 : normalizeAxis(axis, rank, 'attribute "axis"');
  return graph.one("Cumsum", [seen, graph.constant(at, "int32")], { reverse });
}

/** Lowering of _np_cumsum. */
export const npCumsumLowering: Lowering<CumsumAttributes> = {
  forward({ graph, attributes: { axis, dtype }, inputs: [a], inputShapes: [shape = []] }) {
    const result = sums(graph, given(a, "a"), axis, shape.length, false);
    return [dtype === null ? result : cast(graph, result, tensorType(dtype))];
  },
  backward({ graph, attributes: { axis }, inputShapes: [shape = []], headGradients: [dy] }) {
    return dy ? [reshaped(graph, sums(graph, dy, axis, shape.length, true), shape)] : [];
  },
};
