import type { Shape } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import { type UpSamplingAttributes, upSamplingWindow } from "@mxgraft/operators";
import { given } from "../given.ts";
import { integers, summed } from "../shapes.ts";
import { type Deconvolver, deconvolver } from "./deconvolver.ts";

// Memory: (N, H, W, C), and the weight (K, K, 1, C).

function bilinear(attributes: UpSamplingAttributes, [, channels = 1, height = 1, width = 1]: Shape): Deconvolver {
  const window = upSamplingWindow(attributes, height, width);
  return deconvolver({ window, groups: channels, channels, filters: channels });
}

/** How often each pixel of an argument is repeated along both axes of the output. */
function scaleOf([, , height = 1]: Shape, [, , outputHeight = 1]: Shape): number {
  return outputHeight / height;
}

function repeated(graph: GraphBuilder, x: GraphValue, [, c = 1, h = 1, w = 1]: Shape, scale: number): GraphValue {
  const pixels = graph.one("Reshape", [x, integers(graph, [-1, 1, w, 1, c])]);
  const copies = graph.one("Tile", [pixels, integers(graph, [1, scale, 1, scale, 1])]);
  return graph.one("Reshape", [copies, integers(graph, [-1, h * scale, w * scale, c])]);
}

/** The sums over the copies of each pixel. */
function summedCopies(graph: GraphBuilder, dy: GraphValue, [, c = 1, h = 1, w = 1]: Shape, scale: number): GraphValue {
  const copies = graph.one("Reshape", [dy, integers(graph, [-1, scale, w, scale, c])]);
  return graph.one("Reshape", [summed(graph, copies, [1, 3]), integers(graph, [-1, h, w, c])]);
}

/** Lowering of UpSampling. */
export const upSamplingLowering: Lowering<UpSamplingAttributes> = {
  forward({ graph, attributes, inputs, inputShapes, outputShapes: [output = []] }) {
    if (attributes.sample_type === "bilinear") {
      const { forward } = bilinear(attributes, inputShapes[0] ?? []);
      return [forward(graph, given(inputs[0], "data"), given(inputs[1], "weight"))];
    }
    const scaled = inputs.map((x, i) => {
      const shape = inputShapes[i] ?? [];
      return repeated(graph, x, shape, scaleOf(shape, output));
    });
    if (scaled.length === 1) return scaled;
    if (attributes.multi_input_mode === "sum") return [graph.one("AddN", [scaled])];
    return [graph.one("ConcatV2", [scaled, graph.constant(3, "int32")])];
  },
  backward(call) {
    const { graph, attributes, inputs, inputShapes, wanted } = call;
    const [output = []] = call.outputShapes;
    const [dy] = call.headGradients;
    if (!dy) return [];
    if (attributes.sample_type === "bilinear") {
      const { dataGradient, weightGradient } = bilinear(attributes, inputShapes[0] ?? []);
      return [
        wanted[0] ? dataGradient(graph, dy, given(inputs[1], "weight")) : undefined,
        wanted[1] ? weightGradient(graph, given(inputs[0], "data"), dy) : undefined,
      ];
    }
    const channels = inputShapes.map((shape) => shape[1] ?? 0);
    const parts =
      attributes.multi_input_mode === "sum" || channels.length === 1
        ? channels.map(() => dy)
        : graph.node("SplitV", [dy, integers(graph, channels), graph.constant(3, "int32")], {
            num_split: channels.length,
          });
    return parts.map((part, i) => {
      const shape = inputShapes[i] ?? [];
      return wanted[i] ? summedCopies(graph, part, shape, scaleOf(shape, output)) : undefined;
    });
  },
};
