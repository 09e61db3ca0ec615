import { normalizeAxis, type Shape, sizeOf } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import type { RepeatAttributes } from "@mxgraft/operators";
import { given } from "../given.ts";
import { integers, reshaped, summed } from "../shapes.ts";

/** Elements that are repeated as one: all behind the axis. */
function widthOf({ axis }: RepeatAttributes, shape: Shape): number {
  return axis === null ? 1 : sizeOf(shape.slice(normalizeAxis(axis, shape.length, 'attribute "axis"') + 1));
}

/** Rows of a width, so many times side by side. */
function rowsOf(graph: GraphBuilder, x: GraphValue, times: number, width: number): GraphValue {
  return graph.one("Reshape", [x, integers(graph, [-1, times, width])]);
}

/** Lowering of repeat. */
export const repeatLowering: Lowering<RepeatAttributes> = {
  forward({ graph, attributes, inputs: [data], inputShapes: [shape = []], outputShapes: [output = []] }) {
    const rows = rowsOf(graph, given(data, "data"), 1, widthOf(attributes, shape));
    return [reshaped(graph, graph.one("Tile", [rows, integers(graph, [1, attributes.repeats, 1])]), output)];
  },
  backward({ graph, attributes, inputShapes: [shape = []], headGradients: [dy] }) {
    if (!dy) return [];
    return [
      reshaped(graph, summed(graph, rowsOf(graph, dy, attributes.repeats, widthOf(attributes, shape)), [1]), shape),
    ];
  },
};
