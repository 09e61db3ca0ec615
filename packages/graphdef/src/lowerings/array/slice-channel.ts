import { normalizeAxis } from "@mxgraft/base";
import type { Lowering } from "@mxgraft/operator";
import type { SliceChannelAttributes } from "@mxgraft/operators";
import { unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { channelAxis } from "./channel-axis.ts";

/** The axis that is cut, in memory; squeezed parts are no images any more. */
function axisOf({ axis, squeeze_axis }: SliceChannelAttributes, rank: number): number {
  const given = normalizeAxis(axis, rank, 'attribute "axis"');
  return squeeze_axis ? given : channelAxis(given, rank);
}

/** Lowering of SliceChannel. */
export const sliceChannelLowering: Lowering<SliceChannelAttributes> = {
  forward({ graph, attributes, inputs: [data], inputShapes: [shape = []] }) {
    const axis = axisOf(attributes, shape.length);
    const x = given(data, "data");
    const num = attributes.num_outputs;
    if (attributes.squeeze_axis) return graph.node("Unpack", [x], { num, axis });
    return graph.node("Split", [graph.constant(axis, "int32"), x], { num_split: num });
  },
  backward({ graph, attributes, headGradients, inputShapes: [shape = []] }) {
    const axis = axisOf(attributes, shape.length);
    const some = headGradients.find((head) => head !== undefined);
    if (!some) return [];
    const parts = headGradients.map((head) => head ?? unary(graph, "ZerosLike", some));
    if (attributes.squeeze_axis) return [graph.one("Pack", [parts], { axis })];
    return [graph.one("ConcatV2", [parts, graph.constant(axis, "int32")])];
  },
};
