import { normalizeAxis } from "@mxgraft/base";
import type { Lowering } from "@mxgraft/operator";
import type { ConcatAttributes } from "@mxgraft/operators";
import { integers } from "../shapes.ts";
import { channelAxis } from "./channel-axis.ts";

/** Lowering of Concat. */
export const concatLowering: Lowering<ConcatAttributes> = {
  forward({ graph, attributes: { dim }, inputs, inputShapes: [shape = []] }) {
    const axis = channelAxis(normalizeAxis(dim, shape.length, 'attribute "dim"'), shape.length);
    if (inputs.length === 1) return inputs.map((input) => graph.one("Identity", [input]));
    return [graph.one("ConcatV2", [inputs, graph.constant(axis, "int32")])];
  },
  backward({ graph, attributes: { dim }, headGradients: [dy], inputShapes, wanted }) {
    if (!dy) return [];
    const rank = inputShapes[0]?.length ?? 0;
    const axis = normalizeAxis(dim, rank, 'attribute "dim"');
    if (inputShapes.length === 1) return [dy];
    const sizes = integers(
      graph,
      inputShapes.map((shape) => shape[axis] ?? 0),
    );
    const parts = graph.node("SplitV", [dy, sizes, graph.constant(channelAxis(axis, rank), "int32")], {
      num_split: inputShapes.length,
    });
    return parts.map((part, i) => (wanted[i] ? part : undefined));
  },
};
