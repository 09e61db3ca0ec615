import type { Shape } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import type { BlockAttributes } from "@mxgraft/operators";
import { given } from "../given.ts";
import { integers } from "../shapes.ts";

/** A value seen as other axes, these in another order, and seen as yet others. */
function rearranged(graph: GraphBuilder, x: GraphValue, from: Shape, order: Shape, to: Shape): GraphValue {
  const split = graph.one("Reshape", [x, integers(graph, from)]);
  return graph.one("Reshape", [graph.one("Transpose", [split, integers(graph, order)]), integers(graph, to)]);
}

/** Channels spread over blocks of b x b pixels: (N, b b C, H, W) -> (N, C, H b, W b), the latter `pixels`. */
function channelsToPixels(graph: GraphBuilder, x: GraphValue, b: number, [, c = 1, h = 1, w = 1]: Shape): GraphValue {
  return rearranged(graph, x, [-1, b, b, c, h / b, w / b], [0, 3, 4, 1, 5, 2], [-1, c, h, w]);
}

/** The opposite of `channelsToPixels`. */
function pixelsToChannels(graph: GraphBuilder, x: GraphValue, b: number, [, c = 1, h = 1, w = 1]: Shape): GraphValue {
  return rearranged(graph, x, [-1, c, h / b, b, w / b, b], [0, 3, 5, 1, 2, 4], [-1, c * b * b, h / b, w / b]);
}

const depthToSpace: Lowering<BlockAttributes> = {
  forward({ graph, attributes: { block_size }, inputs: [data], outputShapes: [pixels = []] }) {
    return [channelsToPixels(graph, given(data, "data"), block_size, pixels)];
  },
  backward({ graph, attributes: { block_size }, outputShapes: [pixels = []], headGradients: [dy] }) {
    return dy ? [pixelsToChannels(graph, dy, block_size, pixels)] : [];
  },
};

const spaceToDepth: Lowering<BlockAttributes> = {
  forward({ graph, attributes: { block_size }, inputs: [data], inputShapes: [pixels = []] }) {
    return [pixelsToChannels(graph, given(data, "data"), block_size, pixels)];
  },
  backward({ graph, attributes: { block_size }, inputShapes: [pixels = []], headGradients: [dy] }) {
    return dy ? [channelsToPixels(graph, dy, block_size, pixels)] : [];
  },
};

/** Lowerings of the operators that exchange channels and blocks of pixels, by MXNet's names. */
export const blockLowerings = { depth_to_space: depthToSpace, space_to_depth: spaceToDepth } as const;
