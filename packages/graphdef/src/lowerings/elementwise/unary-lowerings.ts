import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import { add, binary, cast, div, mul, type Operand, unary } from "../arithmetic.ts";
import { given } from "../given.ts";

interface UnaryFunction {
  forward(graph: GraphBuilder, x: GraphValue): GraphValue;
  /** The gradient, from x or y as the spec says; absent where it is zero everywhere. */
  backward?(graph: GraphBuilder, dy: GraphValue, call: { x(): GraphValue; y(): GraphValue }): GraphValue;
}

/** The lowering of a function of each element, which keeps the type of the data. */
function unaryLowering({ forward, backward }: UnaryFunction): Lowering {
  return {
    forward({ graph, inputs: [data] }) {
      const x = given(data, "data");
      return [cast(graph, forward(graph, x), x.type)];
    },
    backward({ graph, inputs, outputs, headGradients: [dy] }) {
      if (!backward || !dy) return [undefined];
      const x = () => given(inputs[0], "data");
      return [backward(graph, dy, { x, y: () => given(outputs[0], "output") })];
    },
  };
}

/** A function that TensorFlow has for floating-point numbers only. */
function ofFloats(operator: string): UnaryFunction["forward"] {
  return (graph, x) => unary(graph, operator, cast(graph, x, "float32"));
}

/** dy times a slope that x gives. */
function slopeOfX(slope: (graph: GraphBuilder, x: GraphValue) => Operand): NonNullable<UnaryFunction["backward"]> {
  return (graph, dy, call) => mul(graph, dy, slope(graph, call.x()));
}

/** dy times a slope that y gives. */
function slopeOfY(slope: (graph: GraphBuilder, y: GraphValue) => Operand): NonNullable<UnaryFunction["backward"]> {
  return (graph, dy, call) => mul(graph, dy, slope(graph, call.y()));
}

const same: UnaryFunction["forward"] = (graph, x) => graph.one("Identity", [x]);

/** Lowerings of functions of each element, by MXNet's names. */
export const unaryLowerings = {
  _copy: unaryLowering({ forward: same, backward: (_, dy) => dy }),
  BlockGrad: unaryLowering({ forward: same }),
  abs: unaryLowering({ forward: ofFloats("Abs"), backward: slopeOfX((graph, x) => unary(graph, "Sign", x)) }),
  cos: unaryLowering({
    forward: ofFloats("Cos"),
    backward: slopeOfX((graph, x) => unary(graph, "Neg", unary(graph, "Sin", x))),
  }),
  erf: unaryLowering({
    forward: ofFloats("Erf"),
    backward: slopeOfX((graph, x) =>
      mul(graph, unary(graph, "Exp", unary(graph, "Neg", unary(graph, "Square", x))), 2 / Math.sqrt(Math.PI)),
    ),
  }),
  exp: unaryLowering({ forward: ofFloats("Exp"), backward: slopeOfY((_, y) => y) }),
  expm1: unaryLowering({ forward: ofFloats("Expm1"), backward: slopeOfY((graph, y) => add(graph, y, 1)) }),
  log: unaryLowering({
    forward: ofFloats("Log"),
    backward: (graph, dy, call) => div(graph, dy, call.x()),
  }),
  log1p: unaryLowering({
    forward: ofFloats("Log1p"),
    backward: (graph, dy, call) => div(graph, dy, add(graph, call.x(), 1)),
  }),
  negative: unaryLowering({
    forward: (graph, x) => unary(graph, "Neg", x),
    backward: (graph, dy) => unary(graph, "Neg", dy),
  }),
  reciprocal: unaryLowering({
    forward: ofFloats("Reciprocal"),
    backward: (graph, dy, call) => graph.one("ReciprocalGrad", [call.y(), dy]),
  }),
  relu: unaryLowering({
    forward: ofFloats("Relu"),
    backward: (graph, dy, call) => graph.one("ReluGrad", [dy, call.y()]),
  }),
  rsqrt: unaryLowering({
    forward: ofFloats("Rsqrt"),
    backward: (graph, dy, call) => graph.one("RsqrtGrad", [call.y(), dy]),
  }),
  sigmoid: unaryLowering({
    forward: ofFloats("Sigmoid"),
    backward: (graph, dy, call) => graph.one("SigmoidGrad", [call.y(), dy]),
  }),
  sign: unaryLowering({ forward: ofFloats("Sign") }),
  sin: unaryLowering({ forward: ofFloats("Sin"), backward: slopeOfX((graph, x) => unary(graph, "Cos", x)) }),
  softsign: unaryLowering({
    forward: ofFloats("Softsign"),
    backward: (graph, dy, call) => graph.one("SoftsignGrad", [dy, call.x()]),
  }),
  sqrt: unaryLowering({
    forward: ofFloats("Sqrt"),
    backward: (graph, dy, call) => graph.one("SqrtGrad", [call.y(), dy]),
  }),
  square: unaryLowering({
    forward: (graph, x) => unary(graph, "Square", x),
    backward: slopeOfX((graph, x) => mul(graph, x, 2)),
  }),
  tanh: unaryLowering({
    forward: ofFloats("Tanh"),
    backward: (graph, dy, call) => graph.one("TanhGrad", [call.y(), dy]),
  }),
  logical_not: unaryLowering({ forward: (graph, x) => binary(graph, "Equal", x, 0) }),
  log_sigmoid: unaryLowering({
    forward: (graph, x) => unary(graph, "Neg", unary(graph, "Softplus", unary(graph, "Neg", x))),
    backward: slopeOfY((graph, y) => unary(graph, "Neg", unary(graph, "Expm1", y))),
  }),
  floor: unaryLowering({ forward: ofFloats("Floor") }),
  ceil: unaryLowering({ forward: ofFloats("Ceil") }),
} as const;
