import type { GraphBuilder, Lowering } from "@mxgraft/operator";
import type { PadAttributes } from "@mxgraft/operators";
import { given } from "../given.ts";
import { integers } from "../shapes.ts";

function paddingsOf(graph: GraphBuilder, { pad_width }: PadAttributes) {
  return graph.constant(pad_width, "int32", [pad_width.length / 2, 2]);
}

/** Lowering of Pad. TensorFlow has no frame of the elements at the edge: that one is recorded. */
export const padLowering: Lowering<PadAttributes> = {
  accepts: ({ mode }) => mode !== "edge",
  forward({ graph, attributes, inputs: [data] }) {
    const x = given(data, "data");
    const paddings = paddingsOf(graph, attributes);
    const { mode, constant_value } = attributes;
    if (mode === "constant") return [graph.one("PadV2", [x, paddings, graph.constant(constant_value, x.type)])];
    return [graph.one("MirrorPad", [x, paddings], { mode: "REFLECT" })];
  },
  backward({ graph, attributes, headGradients: [dy] }) {
    if (!dy) return [];
    const { mode, pad_width } = attributes;
    if (mode !== "constant") {
      return [graph.one("MirrorPadGrad", [dy, paddingsOf(graph, attributes)], { mode: "REFLECT" })];
    }
    const before = pad_width.filter((_, i) => i % 2 === 0);
    const after = pad_width.filter((_, i) => i % 2 === 1);
    // An end of 0 is none; others count from the end.
    const end_mask = after.reduce((mask, rows, axis) => (rows === 0 ? mask | (1 << axis) : mask), 0);
    const ends = after.map((rows) => -rows);
    const ones = after.map(() => 1);
    const bounds = [before, ends, ones].map((values) => integers(graph, values));
    return [graph.one("StridedSlice", [dy, ...bounds], { end_mask })];
  },
};
