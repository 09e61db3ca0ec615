import type { Shape } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import { type PickAttributes, pickedAxis } from "@mxgraft/operators";
import { add, mul } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, reshaped, sizeAt } from "../shapes.ts";
import { acrossRows } from "./across-rows.ts";
import { boundedIndex } from "./bounded-index.ts";

/** Which axis is indexed, as (outer, size, inner), and what happens to indices out of range. */
interface PickedAxis {
  readonly around: readonly [number, number, number];
  readonly mode: "clip" | "wrap";
}

/** Where the elements lie in flat data, as (outer, inner), and how many there are; outer is known at run time. */
function placesOf(graph: GraphBuilder, index: GraphValue, { around: [, size, inner], mode }: PickedAxis) {
  const along = graph.one("Reshape", [boundedIndex(graph, index, size, mode), integers(graph, [-1, inner])]);
  const columns = integers(graph, [...new Array(inner).keys()]);
  return acrossRows(graph, add(graph, mul(graph, along, inner), columns), sizeAt(graph, along, 0), size * inner);
}

/** The lowering of an operator that takes one element along an axis for each place of the others. */
function pickedLowering<A extends object>(axisOf: (attributes: A, data: Shape) => PickedAxis): Lowering<A> {
  return {
    forward({ graph, attributes, inputs, inputShapes: [shape = []], outputShapes: [output = []] }) {
      const { places } = placesOf(graph, given(inputs[1], "index"), axisOf(attributes, shape));
      const flat = graph.one("Reshape", [given(inputs[0], "data"), integers(graph, [-1])]);
      return [reshaped(graph, graph.one("GatherV2", [flat, places, graph.constant(0, "int32")]), output)];
    },
    backward({ graph, attributes, inputs, inputShapes: [shape = []], headGradients: [dy] }) {
      if (!dy) return [];
      const axis = axisOf(attributes, shape);
      const { places, total } = placesOf(graph, given(inputs[1], "index"), axis);
      const gradients = graph.one("Reshape", [dy, integers(graph, [-1, axis.around[2]])]);
      return [reshaped(graph, graph.one("UnsortedSegmentSum", [gradients, places, total]), shape)];
    },
  };
}

/** Lowerings of the operators that pick elements along an axis, by MXNet's names. */
export const pickedLowerings = {
  pick: pickedLowering<PickAttributes>(({ axis, mode }, data) => ({ around: pickedAxis(axis, data), mode })),
  batch_take: pickedLowering((_, [rows = 1, columns = 1]) => ({ around: [rows, columns, 1], mode: "clip" })),
} as const;
