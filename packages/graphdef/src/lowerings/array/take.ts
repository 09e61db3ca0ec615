import { normalizeAxis, type Shape, sizeOf } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import type { TakeAttributes } from "@mxgraft/operators";
import { add, mul } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, reshaped, sizeAt } from "../shapes.ts";
import { boundedIndex } from "./bounded-index.ts";

/** The sum, for each element of an axis behind the first, of the gradients of where it was taken to. */
function sumByIndex(
  graph: GraphBuilder,
  dy: GraphValue,
  ids: GraphValue,
  { shape, axis }: { readonly shape: Shape; readonly axis: number },
): GraphValue {
  const size = shape[axis] ?? 1;
  // Everything before the axis, the batch among it, times the axis: one axis of rows.
  const rows = mul(graph, sizeAt(graph, dy, 0), sizeOf(shape.slice(1, axis)) * size);
  const starts = graph.one("Range", [graph.constant(0, "int32"), rows, graph.constant(size, "int32")]);
  const places = add(graph, graph.one("ExpandDims", [starts, graph.constant(1, "int32")]), ids);
  const flat = graph.one("Reshape", [places, integers(graph, [-1])]);
  const gradients = graph.one("Reshape", [dy, integers(graph, [-1, sizeOf(shape.slice(axis + 1))])]);
  return reshaped(graph, graph.one("UnsortedSegmentSum", [gradients, flat, rows]), shape);
}

/** Lowering of take. */
export const takeLowering: Lowering<TakeAttributes> = {
  forward({ graph, attributes, inputs, inputShapes: [shape = []] }) {
    const axis = normalizeAxis(attributes.axis, shape.length, 'attribute "axis"');
    const ids = boundedIndex(graph, given(inputs[1], "indices"), shape[axis] ?? 1, attributes.mode);
    return [graph.one("GatherV2", [given(inputs[0], "a"), ids, graph.constant(axis, "int32")])];
  },
  backward({ graph, attributes, inputs, inputShapes: [shape = []], headGradients: [dy] }) {
    if (!dy) return [];
    const axis = normalizeAxis(attributes.axis, shape.length, 'attribute "axis"');
    const size = shape[axis] ?? 1;
    const ids = boundedIndex(graph, given(inputs[1], "indices"), size, attributes.mode);
    if (axis === 0) return [graph.one("UnsortedSegmentSum", [dy, ids, graph.constant(size, "int32")])];
    const flat = graph.one("Reshape", [ids, integers(graph, [1, -1])]);
    return [sumByIndex(graph, dy, flat, { shape, axis })];
  },
};
