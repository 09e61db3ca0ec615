import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import type { ActivationAttributes } from "@mxgraft/operators";
import { add, mul, sub, unary } from "../arithmetic.ts";
import { given } from "../given.ts";

interface ActivationFunction {
  forward(graph: GraphBuilder, x: GraphValue): GraphValue;
  /** The gradient from x or from y, whichever the spec's `backwardReads` names. */
  backward(graph: GraphBuilder, dy: GraphValue, from: GraphValue): GraphValue;
}

/** x times tanh of log(1 + e^x). */
function mishTanh(graph: GraphBuilder, x: GraphValue): GraphValue {
  return unary(graph, "Tanh", unary(graph, "Softplus", x));
}

const functions: { readonly [Name in ActivationAttributes["act_type"]]: ActivationFunction } = {
  relu: {
    forward: (graph, x) => unary(graph, "Relu", x),
    backward: (graph, dy, y) => graph.one("ReluGrad", [dy, y]),
  },
  sigmoid: {
    forward: (graph, x) => unary(graph, "Sigmoid", x),
    backward: (graph, dy, y) => graph.one("SigmoidGrad", [y, dy]),
  },
  tanh: {
    forward: (graph, x) => unary(graph, "Tanh", x),
    backward: (graph, dy, y) => graph.one("TanhGrad", [y, dy]),
  },
  softrelu: {
    forward: (graph, x) => unary(graph, "Softplus", x),
    // 1 - e^-y
    backward: (graph, dy, y) => mul(graph, dy, unary(graph, "Neg", unary(graph, "Expm1", unary(graph, "Neg", y)))),
  },
  softsign: {
    forward: (graph, x) => unary(graph, "Softsign", x),
    backward: (graph, dy, x) => graph.one("SoftsignGrad", [dy, x]),
  },
  log_sigmoid: {
    forward: (graph, x) => unary(graph, "Neg", unary(graph, "Softplus", unary(graph, "Neg", x))),
    // 1 - e^y
    backward: (graph, dy, y) => mul(graph, dy, unary(graph, "Neg", unary(graph, "Expm1", y))),
  },
  mish: {
    forward: (graph, x) => mul(graph, x, mishTanh(graph, x)),
    backward(graph, dy, x) {
      const t = mishTanh(graph, x);
      const inner = mul(graph, mul(graph, x, sub(graph, 1, mul(graph, t, t))), unary(graph, "Sigmoid", x));
      return mul(graph, dy, add(graph, t, inner));
    },
  },
};

/** Lowering of Activation. */
export const activationLowering: Lowering<ActivationAttributes> = {
  forward({ graph, attributes, inputs: [data] }) {
    return [functions[attributes.act_type].forward(graph, given(data, "data"))];
  },
  backward({ graph, attributes, inputs, outputs, headGradients: [dy] }) {
    if (!dy) return [];
    const { act_type } = attributes;
    const from = act_type === "softsign" || act_type === "mish" ? inputs[0] : outputs[0];
    return [functions[act_type].backward(graph, dy, given(from, "data or output"))];
  },
};
