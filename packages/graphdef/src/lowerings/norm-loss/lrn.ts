import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import type { LRNAttributes } from "@mxgraft/operators";
import { add, mul, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers } from "../shapes.ts";

/** The attributes of TensorFlow's operator, which multiplies the sum of squares, not their mean, by alpha. */
function attributesOf({ alpha, beta, knorm, nsize }: LRNAttributes) {
  return { depth_radius: (nsize - 1) / 2, bias: knorm, alpha: alpha / nsize, beta };
}

/** knorm + alpha / nsize times the sum of squares of `nsize` neighbouring channels. */
function normOf(graph: GraphBuilder, x: GraphValue, channels: number, attributes: LRNAttributes): GraphValue {
  const { alpha, nsize, knorm } = attributes;
  const radius = (nsize - 1) / 2;
  const rows = graph.constant([0, 0, 0, 0, 0, 0, radius, radius], "int32", [4, 2]);
  const padded = graph.one("PadV2", [unary(graph, "Square", x), rows, graph.constant(0)]);
  const parts = Array.from({ length: nsize }, (_, i) =>
    graph.one("Slice", [padded, integers(graph, [0, 0, 0, i]), integers(graph, [-1, -1, -1, channels])]),
  );
  return add(graph, mul(graph, graph.one("AddN", [parts]), alpha / nsize), knorm);
}

/** Lowering of LRN. */
export const lrnLowering: Lowering<LRNAttributes> = {
  forward({ graph, attributes, inputs: [data], inputShapes: [shape = []] }) {
    const x = given(data, "data");
    const output = graph.one("LRN", [x], attributesOf(attributes));
    // Backward needs no norm here; nobody asking for it, it is not computed.
    return { outputs: [output, normOf(graph, x, shape[1] ?? 1, attributes)], saved: [output] };
  },
  backward({ graph, attributes, inputs: [data], saved: [output], headGradients: [dy] }) {
    if (!dy) return [];
    return [graph.one("LRNGrad", [dy, given(data, "data"), given(output, "output")], attributesOf(attributes))];
  },
};
