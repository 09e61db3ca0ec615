import { sizeOf } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import type { RegressionOutputAttributes } from "@mxgraft/operators";
import { cast, mul, sub, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { reshapedLike } from "../shapes.ts";

interface Regression {
  forward(graph: GraphBuilder, x: GraphValue): GraphValue;
  /** What the gradient is, up to a factor, from output - label. */
  slope(graph: GraphBuilder, difference: GraphValue): GraphValue;
}

function regressionOutputLowering({ forward, slope }: Regression): Lowering<RegressionOutputAttributes> {
  return {
    forward: ({ graph, inputs: [data] }) => [forward(graph, given(data, "data"))],
    backward({ graph, attributes: { grad_scale }, inputs, outputs, inputShapes: [, labelShape = []] }) {
      const output = given(outputs[0], "output");
      const label = reshapedLike(graph, cast(graph, given(inputs[1], "label"), "float32"), output);
      const outputsOfSample = sizeOf(labelShape.slice(1));
      return [mul(graph, slope(graph, sub(graph, output, label)), grad_scale / outputsOfSample)];
    },
  };
}

const same: Regression["forward"] = (graph, x) => graph.one("Identity", [x]);

/** Lowerings of the regression losses, by MXNet's names. */
export const regressionOutputLowerings = {
  LinearRegressionOutput: regressionOutputLowering({ forward: same, slope: (_, difference) => difference }),
  LogisticRegressionOutput: regressionOutputLowering({
    forward: (graph, x) => unary(graph, "Sigmoid", x),
    slope: (_, difference) => difference,
  }),
  MAERegressionOutput: regressionOutputLowering({
    forward: same,
    slope: (graph, difference) => unary(graph, "Sign", difference),
  }),
} as const;
