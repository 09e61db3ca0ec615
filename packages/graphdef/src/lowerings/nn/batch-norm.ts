import { normalizeAxis, type Shape } from "@mxgraft/base";
import type { GraphBuilder, GraphState, GraphValue, Lowering } from "@mxgraft/operator";
import type { BatchNormAttributes } from "@mxgraft/operators";
import { add, div, mul, sub, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { countOf, integers, reshapedLike } from "../shapes.ts";

/** Data as (N, H, W, C), which the fused operator wants; in memory, the axis is the last. */
function asImages(graph: GraphBuilder, x: GraphValue, rank: number, channels: number): GraphValue {
  return rank === 4 ? x : graph.one("Reshape", [x, integers(graph, [-1, 1, 1, channels])]);
}

function like(graph: GraphBuilder, x: GraphValue, original: GraphValue, rank: number): GraphValue {
  return rank === 4 ? x : reshapedLike(graph, x, original);
}

function channelsOf(shape: Shape, { axis }: BatchNormAttributes): number {
  return shape[normalizeAxis(axis, shape.length, 'attribute "axis"')] ?? 1;
}

/** What the data is multiplied with after it has mean 0 and variance 1. */
function scaleOf(graph: GraphBuilder, gamma: GraphValue, channels: number, fixed: boolean): GraphValue {
  return fixed ? graph.constant(new Array<number>(channels).fill(1)) : gamma;
}

/** moving = momentum * moving + (1 - momentum) * batch */
function move(graph: GraphBuilder, state: GraphState, batch: GraphValue, momentum: number): void {
  const step = mul(graph, sub(graph, state.read(), batch), 1 - momentum);
  graph.effect("AssignSubVariableOp", [state.handle, step], [state]);
}

/** Lowering of BatchNorm. */
export const batchNormLowering: Lowering<BatchNormAttributes> = {
  forward({ graph, attributes, inputs, inputShapes: [shape = []], states, isTrain }) {
    const { eps, fix_gamma, use_global_stats } = attributes;
    const data = given(inputs[0], "data");
    const gamma = given(inputs[1], "gamma");
    const channels = channelsOf(shape, attributes);
    const usesBatch = isTrain && !use_global_stats;
    const none = graph.constant([]);
    const moving = usesBatch ? [none, none] : states.map((state) => state.read());
    const x = asImages(graph, data, shape.length, channels);
    const scale = scaleOf(graph, gamma, channels, fix_gamma);
    const [output, batchMean, batchVariance, ...reserved] = graph.node(
      "FusedBatchNormV3",
      [x, scale, given(inputs[2], "beta"), given(moving[0], "mean"), given(moving[1], "variance")],
      { epsilon: eps, data_format: "NHWC", is_training: usesBatch },
    );
    const biased = () => {
      // TensorFlow's variance is divided by n - 1, MXNet's by n.
      const count = div(graph, countOf(graph, data), channels);
      return mul(graph, given(batchVariance, "variance"), div(graph, sub(graph, count, 1), count));
    };
    const variance = usesBatch ? biased() : given(moving[1], "variance");
    const mean = usesBatch ? given(batchMean, "mean") : graph.one("Identity", [given(moving[0], "mean")]);
    const inverse = unary(graph, "Rsqrt", add(graph, variance, eps));
    const outputs = [like(graph, given(output, "output"), data, shape.length), mean, inverse];
    return {
      outputs: fix_gamma ? [...outputs, unary(graph, "OnesLike", gamma)] : outputs,
      saved: [variance, ...reserved],
    };
  },
  backward({ graph, attributes, inputs, outputs, inputShapes: [shape = []], saved, states, headGradients, wanted }) {
    const { eps, fix_gamma, use_global_stats, momentum } = attributes;
    const [variance, ...reserved] = saved;
    if (!use_global_stats) {
      for (const [i, batch] of [outputs[1], variance].entries()) {
        move(graph, given(states[i], "a moving statistic"), given(batch, "a statistic of the batch"), momentum);
      }
    }
    const [dy] = headGradients;
    if (!dy) return [];
    const data = given(inputs[0], "data");
    const channels = channelsOf(shape, attributes);
    const scale = scaleOf(graph, given(inputs[1], "gamma"), channels, fix_gamma);
    const moving = [given(outputs[1], "mean"), given(variance, "variance")];
    const [dx, dGamma, dBeta] = graph.node(
      "FusedBatchNormGradV3",
      [
        asImages(graph, dy, shape.length, channels),
        asImages(graph, data, shape.length, channels),
        scale,
        ...(use_global_stats ? moving : reserved.slice(0, 2)),
        given(reserved[2], "what forward reserved"),
      ],
      { epsilon: eps, data_format: "NHWC", is_training: !use_global_stats },
    );
    return [
      wanted[0] ? like(graph, given(dx, "the gradient"), data, shape.length) : undefined,
      fix_gamma ? undefined : dGamma,
      dBeta,
    ];
  },
};
