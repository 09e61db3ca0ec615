import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import type { ScalarAttributes } from "@mxgraft/operators";
import { binary, cast, div, mul, unary } from "../arithmetic.ts";
import { given } from "../given.ts";

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
  _maximum_scalar: scalarLowering({ forward: operatorOf("Maximum"), backward: where("GreaterEqual") }),
  _minimum_scalar: scalarLowering({ forward: operatorOf("Minimum"), backward: where("LessEqual") }),
  _equal_scalar: scalarLowering({ forward: operatorOf("Equal") }),
  _not_equal_scalar: scalarLowering({ forward: operatorOf("NotEqual") }),
  _greater_scalar: scalarLowering({ forward: operatorOf("Greater") }),
  _greater_equal_scalar: scalarLowering({ forward: operatorOf("GreaterEqual") }),
  _lesser_scalar: scalarLowering({ forward: operatorOf("Less") }),
  _lesser_equal_scalar: scalarLowering({ forward: operatorOf("LessEqual") }),
} as const;
