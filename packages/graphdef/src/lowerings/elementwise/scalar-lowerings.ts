import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import type { ScalarAttributes } from "@mxgraft/operators";
import { add, binary, cast, div, mul, sub, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { modulo } from "./modulo.ts";

interface ScalarFunction {
  /** `scalar` is cut off where `x` is of whole numbers. */
  forward(graph: GraphBuilder, x: GraphValue, scalar: number): GraphValue;
  /** The gradient, from x or y as the spec says; absent where it is zero everywhere. */
  backward?(
    graph: GraphBuilder,
    dy: GraphValue,
    scalar: number,
    call: { x(): GraphValue; y(): GraphValue },
  ): GraphValue;
}

/** The lowering of a function of each element and of the attribute `scalar`, which keeps the type of the data. */
function scalarLowering({ forward, backward }: ScalarFunction): Lowering<ScalarAttributes> {
  return {
    forward({ graph, attributes: { scalar }, inputs: [data] }) {
      const x = given(data, "data");
      return [cast(graph, forward(graph, x, x.type === "float32" ? scalar : Math.trunc(scalar)), x.type)];
    },
    backward({ graph, attributes: { scalar }, inputs, outputs, headGradients: [dy] }) {
      if (!backward || !dy) return [undefined];
      const x = () => given(inputs[0], "data");
      return [backward(graph, dy, scalar, { x, y: () => given(outputs[0], "output") })];
    },
  };
}

const through = (_: GraphBuilder, dy: GraphValue) => dy;

const operatorOf = (operator: string) => (graph: GraphBuilder, x: GraphValue, scalar: number) =>
  binary(graph, operator, x, scalar);

/** dy where a comparison of x with the number holds, otherwise 0. */
function where(comparison: string): NonNullable<ScalarFunction["backward"]> {
  return (graph, dy, scalar, call) => mul(graph, dy, cast(graph, binary(graph, comparison, call.x(), scalar), dy.type));
}

/** A number between two bounds. */
function bounded(graph: GraphBuilder, x: GraphValue, low: number, high: number): GraphValue {
  return binary(graph, "Minimum", binary(graph, "Maximum", x, low), high);
}

/** Lowerings of functions of an element and a number, by MXNet's names. */
export const scalarLowerings = {
  _plus_scalar: scalarLowering({ forward: operatorOf("AddV2"), backward: through }),
  _minus_scalar: scalarLowering({ forward: operatorOf("Sub"), backward: through }),
  _rminus_scalar: scalarLowering({
    forward: (graph, x, scalar) => binary(graph, "Sub", scalar, x),
    backward: (graph, dy) => unary(graph, "Neg", dy),
  }),
  _mul_scalar: scalarLowering({
    forward: operatorOf("Mul"),
    backward: (graph, dy, scalar) => mul(graph, dy, scalar),
  }),
  _div_scalar: scalarLowering({
    forward: (graph, x, scalar) => div(graph, cast(graph, x, "float32"), scalar),
    backward: (graph, dy, scalar) => mul(graph, dy, 1 / scalar),
  }),
  _rdiv_scalar: scalarLowering({
    forward: (graph, x, scalar) => div(graph, scalar, cast(graph, x, "float32")),
    backward: (graph, dy, scalar, call) => mul(graph, dy, div(graph, -scalar, unary(graph, "Square", call.x()))),
  }),
  _mod_scalar: scalarLowering({
    forward: (graph, x, scalar) => modulo(graph, x, graph.constant(scalar, x.type)),
    backward: through,
  }),
  _rmod_scalar: scalarLowering({
    forward: (graph, x, scalar) => modulo(graph, graph.constant(scalar, x.type), x),
    backward: (graph, dy, scalar, call) =>
      unary(graph, "Neg", mul(graph, dy, unary(graph, "Floor", div(graph, scalar, call.x())))),
  }),
  _power_scalar: scalarLowering({
    forward: operatorOf("Pow"),
    backward(graph, dy, scalar, call) {
      if (scalar === 1) return dy;
      return mul(graph, dy, mul(graph, binary(graph, "Pow", call.x(), scalar - 1), scalar));
    },
  }),
  _rpower_scalar: scalarLowering({
    forward: (graph, x, scalar) => binary(graph, "Pow", scalar, x),
    backward: (graph, dy, scalar, call) => mul(graph, dy, mul(graph, call.y(), Math.log(scalar))),
  }),
  _hypot_scalar: scalarLowering({
    forward: (graph, x, scalar) =>
      unary(graph, "Sqrt", add(graph, unary(graph, "Square", cast(graph, x, "float32")), scalar ** 2)),
    backward: (graph, dy, _, call) => mul(graph, dy, div(graph, call.x(), call.y())),
  }),
  smooth_l1: scalarLowering({
    forward(graph, x, scalar) {
      const square = scalar ** 2;
      const inner = bounded(graph, x, -1 / square, 1 / square);
      return mul(graph, mul(graph, inner, square), sub(graph, x, mul(graph, inner, 0.5)));
    },
    backward: (graph, dy, scalar, call) => mul(graph, dy, bounded(graph, mul(graph, call.x(), scalar ** 2), -1, 1)),
  }),
  _contrib_gradientmultiplier: scalarLowering({
    forward: (graph, x) => graph.one("Identity", [x]),
    backward: (graph, dy, scalar) => mul(graph, dy, scalar),
  }),
  _maximum_scalar: scalarLowering({ forward: operatorOf("Maximum"), backward: where("GreaterEqual") }),
  _minimum_scalar: scalarLowering({ forward: operatorOf("Minimum"), backward: where("LessEqual") }),
  _equal_scalar: scalarLowering({ forward: operatorOf("Equal") }),
  _not_equal_scalar: scalarLowering({ forward: operatorOf("NotEqual") }),
  _greater_scalar: scalarLowering({ forward: operatorOf("Greater") }),
  _greater_equal_scalar: scalarLowering({ forward: operatorOf("GreaterEqual") }),
  _lesser_scalar: scalarLowering({ forward: operatorOf("Less") }),
  _lesser_equal_scalar: scalarLowering({ forward: operatorOf("LessEqual") }),
} as const;
