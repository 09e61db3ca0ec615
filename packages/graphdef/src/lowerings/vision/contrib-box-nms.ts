import type { Lowering } from "@mxgraft/operator";
import type { BoxNmsAttributes } from "@mxgraft/operators";
import { cast } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, reshapedLike } from "../shapes.ts";

/** Lowering of _contrib_box_nms: each box of the output says which of data it was, and gives its gradient there. */
export const boxNmsLowering: Lowering<BoxNmsAttributes> = {
  natives: ["MxgraftBoxNms"],
  forward: ({ graph, attributes, inputs }) =>
    graph.node("MxgraftBoxNms", [given(inputs[0], "data")], { ...attributes }),
  backward({ graph, outputs, inputShapes: [shape = []], headGradients: [dy] }) {
    if (!dy) return [];
    const record = graph.one("Reshape", [given(outputs[1], "record"), integers(graph, [-1])]);
    const rows = graph.one("Reshape", [dy, integers(graph, [-1, shape.at(-1) ?? 1])]);
    // Rows that hold no box have the place -1, which is passed over.
    const count = graph.one("Size", [record], { out_type: { type: "int32" } });
    const gradient = graph.one("UnsortedSegmentSum", [rows, cast(graph, record, "int32"), count]);
    return [reshapedLike(graph, gradient, dy)];
  },
};
