import { normalizeAxis, type Shape } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import type { SoftmaxActivationAttributes, SoftmaxAttributes } from "@mxgraft/operators";
import { binary, mul, sub, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, summed } from "../shapes.ts";

// In memory, the axis is the last.

/** The gradient of y = softmax(x) along an axis: y (dy - sum(dy y)). */
function softmaxGradient(graph: GraphBuilder, dy: GraphValue, y: GraphValue, axis: number): GraphValue {
  const weighted = mul(graph, dy, y);
  return sub(graph, weighted, mul(graph, y, summed(graph, weighted, [axis], true)));
}

function logSoftmaxGradient(graph: GraphBuilder, dy: GraphValue, y: GraphValue, axis: number): GraphValue {
  return sub(graph, dy, mul(graph, unary(graph, "Exp", y), summed(graph, dy, [axis], true)));
}

interface SoftmaxFunction {
  readonly operator: "Softmax" | "LogSoftmax";
  readonly sign: 1 | -1;
  readonly backward: typeof softmaxGradient;
}

function softmaxLowering({ operator, sign, backward }: SoftmaxFunction): Lowering<SoftmaxAttributes> {
  const scaled = (graph: GraphBuilder, x: GraphValue, { temperature }: SoftmaxAttributes) =>
    mul(graph, x, sign / (temperature ?? 1));
  return {
    forward({ graph, attributes, inputs: [data, length], inputShapes: [shape = []] }) {
      const x = scaled(graph, given(data, "data"), attributes);
      if (!length) return [unary(graph, operator, x)];
      const within = prefixOf(graph, length, classesOf(attributes, shape));
      const masked = graph.one("SelectV2", [within, x, graph.constant(LOWEST)]);
      return [graph.one("SelectV2", [within, unary(graph, operator, masked), graph.constant(0)])];
    },
    backward({ graph, attributes, inputs, inputShapes: [shape = []], outputs, headGradients: [dy] }) {
      if (!dy) return [];
      const dx = scaled(graph, backward(graph, dy, given(outputs[0], "output"), -1), attributes);
      if (!inputs[1]) return [dx];
      const within = prefixOf(graph, inputs[1], classesOf(attributes, shape));
      return [graph.one("SelectV2", [within, dx, graph.constant(0)])];
    },
  };
}

/** What takes elements out of a softmax without making a row of nothing else NaN. */
const LOWEST = -1e30;

function classesOf({ axis }: SoftmaxAttributes, shape: Shape): number {
  return shape[normalizeAxis(axis, shape.length, 'attribute "axis"')] ?? 0;
}

/** Which elements of rows are among the first `length` of their row. */
function prefixOf(graph: GraphBuilder, length: GraphValue, classes: number): GraphValue {
  const places = integers(
    graph,
    Array.from({ length: classes }, (_, i) => i),
  );
  const lengths = graph.one("ExpandDims", [length, graph.constant(-1, "int32")]);
  return binary(graph, "Less", places, lengths);
}

const softmaxActivation: Lowering<SoftmaxActivationAttributes> = {
  forward: ({ graph, inputs }) => [unary(graph, "Softmax", given(inputs[0], "data"))],
  backward({ graph, attributes: { mode }, outputs, headGradients: [dy] }) {
    // MXNet sums over the channels in either mode, which for "instance" is right with two axes only; kept.
    return dy ? [softmaxGradient(graph, dy, given(outputs[0], "output"), mode === "channel" ? -1 : 1)] : [];
  },
};

/** Lowerings of the softmax family, by MXNet's names. */
export const softmaxFamilyLowerings = {
  softmax: softmaxLowering({ operator: "Softmax", sign: 1, backward: softmaxGradient }),
  softmin: softmaxLowering({ operator: "Softmax", sign: -1, backward: softmaxGradient }),
  log_softmax: softmaxLowering({ operator: "LogSoftmax", sign: 1, backward: logSoftmaxGradient }),
  SoftmaxActivation: softmaxActivation,
} as const;
