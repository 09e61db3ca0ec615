import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import { add, binary, cast, div, mul, type Operand, sub, unary } from "../arithmetic.ts";
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

/** 1 - x^2 */
const oneMinusSquare = (graph: GraphBuilder, x: GraphValue) => sub(graph, 1, unary(graph, "Square", x));

/** A function of the absolute value, with the sign of x. */
function oddly(graph: GraphBuilder, x: GraphValue, f: (magnitude: GraphValue) => GraphValue): GraphValue {
  return mul(graph, unary(graph, "Sign", x), f(unary(graph, "Abs", x)));
}

/** x times a number, which is its slope, too. */
function multiple(factor: number): Lowering {
  return unaryLowering({
    forward: (graph, x) => mul(graph, cast(graph, x, "float32"), factor),
    backward: (graph, dy) => mul(graph, dy, factor),
  });
}

/** The logarithm to another base, from log e. */
function logarithm(ofE: number): Lowering {
  return unaryLowering({
    forward: (graph, x) => mul(graph, unary(graph, "Log", cast(graph, x, "float32")), ofE),
    backward: slopeOfX((graph, x) => div(graph, ofE, x)),
  });
}

/** A whole number, and 1 more where the fraction that was cut off compares with 1/2 in some way. */
function rounded(graph: GraphBuilder, x: GraphValue, comparison: "Greater" | "GreaterEqual"): GraphValue {
  const whole = unary(graph, "Floor", x);
  return add(graph, whole, cast(graph, binary(graph, comparison, sub(graph, x, whole), 0.5), x.type));
}

const truncation = unaryLowering({
  forward: (graph, x) => oddly(graph, cast(graph, x, "float32"), (magnitude) => unary(graph, "Floor", magnitude)),
});

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
  erfinv: unaryLowering({
    forward: ofFloats("Erfinv"),
    backward: slopeOfX((graph, x) =>
      mul(graph, unary(graph, "Exp", unary(graph, "Square", unary(graph, "Erfinv", x))), Math.sqrt(Math.PI) / 2),
    ),
  }),
  gammaln: unaryLowering({
    forward: ofFloats("Lgamma"),
    backward: slopeOfX((graph, x) => unary(graph, "Digamma", x)),
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
  arccos: unaryLowering({
    forward: ofFloats("Acos"),
    backward: slopeOfX((graph, x) => unary(graph, "Neg", unary(graph, "Rsqrt", oneMinusSquare(graph, x)))),
  }),
  arccosh: unaryLowering({
    forward: ofFloats("Acosh"),
    backward: slopeOfX((graph, x) => unary(graph, "Rsqrt", sub(graph, unary(graph, "Square", x), 1))),
  }),
  arcsin: unaryLowering({
    forward: ofFloats("Asin"),
    backward: slopeOfX((graph, x) => unary(graph, "Rsqrt", oneMinusSquare(graph, x))),
  }),
  arcsinh: unaryLowering({
    forward: ofFloats("Asinh"),
    backward: slopeOfX((graph, x) => unary(graph, "Rsqrt", add(graph, unary(graph, "Square", x), 1))),
  }),
  arctan: unaryLowering({
    forward: ofFloats("Atan"),
    backward: slopeOfX((graph, x) => unary(graph, "Reciprocal", add(graph, unary(graph, "Square", x), 1))),
  }),
  arctanh: unaryLowering({
    forward: ofFloats("Atanh"),
    backward: slopeOfX((graph, x) => unary(graph, "Reciprocal", oneMinusSquare(graph, x))),
  }),
  cosh: unaryLowering({ forward: ofFloats("Cosh"), backward: slopeOfX((graph, x) => unary(graph, "Sinh", x)) }),
  sinh: unaryLowering({ forward: ofFloats("Sinh"), backward: slopeOfX((graph, x) => unary(graph, "Cosh", x)) }),
  tan: unaryLowering({
    forward: ofFloats("Tan"),
    backward: slopeOfY((graph, y) => add(graph, unary(graph, "Square", y), 1)),
  }),
  cbrt: unaryLowering({
    forward: (graph, x) =>
      oddly(graph, cast(graph, x, "float32"), (magnitude) => binary(graph, "Pow", magnitude, 1 / 3)),
    backward: slopeOfY((graph, y) => div(graph, 1 / 3, unary(graph, "Square", y))),
  }),
  rcbrt: unaryLowering({
    forward: (graph, x) =>
      oddly(graph, cast(graph, x, "float32"), (magnitude) => binary(graph, "Pow", magnitude, -1 / 3)),
    backward: slopeOfY((graph, y) => mul(graph, unary(graph, "Square", unary(graph, "Square", y)), -1 / 3)),
  }),
  degrees: multiple(180 / Math.PI),
  radians: multiple(Math.PI / 180),
  log10: logarithm(Math.LOG10E),
  log2: logarithm(Math.LOG2E),
  fix: truncation,
  trunc: truncation,
  rint: unaryLowering({ forward: (graph, x) => rounded(graph, cast(graph, x, "float32"), "Greater") }),
  round: unaryLowering({
    forward: (graph, x) =>
      oddly(graph, cast(graph, x, "float32"), (magnitude) => rounded(graph, magnitude, "GreaterEqual")),
  }),
  zeros_like: unaryLowering({ forward: (graph, x) => unary(graph, "ZerosLike", x) }),
  ones_like: unaryLowering({ forward: (graph, x) => unary(graph, "OnesLike", x) }),
  floor: unaryLowering({ forward: ofFloats("Floor") }),
  ceil: unaryLowering({ forward: ofFloats("Ceil") }),
} as const;
