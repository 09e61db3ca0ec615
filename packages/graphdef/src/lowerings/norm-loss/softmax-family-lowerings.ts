import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import type { SoftmaxActivationAttributes, SoftmaxAttributes } from "@mxgraft/operators";
import { mul, sub, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { summed } from "../shapes.ts";

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
    // With lengths of sequences it is recorded.
    accepts: (_, shapes) => shapes.length === 1,
    forward: ({ graph, attributes, inputs }) => [
      unary(graph, operator, scaled(graph, given(inputs[0], "data"), attributes)),
    ],
    backward({ graph, attributes, outputs, headGradients: [dy] }) {
      return dy ? [scaled(graph, backward(graph, dy, given(outputs[0], "output"), -1), attributes)] : [];
    },
  };
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
