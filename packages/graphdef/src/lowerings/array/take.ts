import { normalizeAxis, sizeOf } from "@mxgraft/base";
import type { Lowering } from "@mxgraft/operator";
import type { TakeAttributes } from "@mxgraft/operators";
import { mul } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, reshaped, sizeAt } from "../shapes.ts";
import { acrossRows } from "./across-rows.ts";
import { boundedIndex } from "./bounded-index.ts";

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
    // What lies before the axis, the batch among it, are rows; what lies behind it is added up as one.
    const rows = mul(graph, sizeAt(graph, dy, 0), sizeOf(shape.slice(1, axis)));
    const { places, total } = acrossRows(graph, graph.one("Reshape", [ids, integers(graph, [1, -1])]), rows, size);
    const gradients = graph.one("Reshape", [dy, integers(graph, [-1, sizeOf(shape.slice(axis + 1))])]);
    const flat = graph.one("Reshape", [places, integers(graph, [-1])]);
    return [reshaped(graph, graph.one("UnsortedSegmentSum", [gradients, flat, total]), shape)];
  },
};
