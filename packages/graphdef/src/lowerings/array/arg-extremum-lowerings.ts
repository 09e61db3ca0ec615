import { normalizeAxis } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import type { ArgExtremumAttributes } from "@mxgraft/operators";
import { cast } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, reshaped } from "../shapes.ts";

type Extremum = "ArgMax" | "ArgMin";

function placeOf(graph: GraphBuilder, operator: Extremum, x: GraphValue, axis: number): GraphValue {
  return graph.one(operator, [x, graph.constant(axis, "int32")], { output_type: { type: "int32" } });
}

/** The lowering of an operator that finds the extreme element along an axis, or of all; it has no gradient. */
function argExtremumLowering(operator: Extremum): Lowering<ArgExtremumAttributes> {
  return {
    forward({ graph, attributes, inputs: [data], inputShapes: [shape = []], outputShapes: [output = []] }) {
      const x = given(data, "data");
      const isFlat = attributes.axis === null;
      const seen = isFlat ? graph.one("Reshape", [x, integers(graph, [-1])]) : x;
      const axis = attributes.axis === null ? 0 : normalizeAxis(attributes.axis, shape.length, 'attribute "axis"');
      const found = placeOf(graph, operator, seen, axis);
      return [cast(graph, reshaped(graph, found, output), x.type)];
    },
    backward: () => [],
  };
}

const argmaxChannel: Lowering = {
  forward({ graph, inputs: [data] }) {
    const x = given(data, "data");
    return [cast(graph, placeOf(graph, "ArgMax", x, -1), x.type)];
  },
  backward: () => [],
};

/** Lowerings of the operators that say where the extreme elements are, by MXNet's names. */
export const argExtremumLowerings = {
  argmax: argExtremumLowering("ArgMax"),
  argmax_channel: argmaxChannel,
  argmin: argExtremumLowering("ArgMin"),
} as const;
