import { equalShapes, type Shape } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import { add, binary, cast, div, mul, sub, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { sumToShape } from "../shapes.ts";
import { modulo } from "./modulo.ts";
import { truth } from "./truth.ts";

interface Values {
  a(): GraphValue;
  b(): GraphValue;
  y(): GraphValue;
}

interface BinaryFunction {
  forward(graph: GraphBuilder, a: GraphValue, b: GraphValue): GraphValue;
  /** The gradients before they are summed to the shapes of a and b; absent where they are zero everywhere. */
  readonly gradients?: {
    left(graph: GraphBuilder, dy: GraphValue, values: Values): GraphValue;
    right(graph: GraphBuilder, dy: GraphValue, values: Values): GraphValue;
  };
}

/** The lowering of a function of two elements, which keeps the type of the first. */
function binaryLowering({ forward, gradients }: BinaryFunction): Lowering {
  return {
    forward({ graph, inputs }) {
      const a = given(inputs[0], "the first array");
      return [cast(graph, forward(graph, a, given(inputs[1], "the second array")), a.type)];
    },
    backward(call) {
      const {
        graph,
        inputs,
        outputs,
        headGradients: [dy],
        wanted,
      } = call;
      const {
        inputShapes: [a = [], b = []],
        outputShapes: [y = []],
      } = call;
      if (!gradients || !dy) return [undefined, undefined];
      const values = {
        a: () => given(inputs[0], "the first array"),
        b: () => given(inputs[1], "the second array"),
        y: () => given(outputs[0], "output"),
      };
      // Arrays of one shape may be in another order than MXNet's, and there is nothing to sum.
      const summedTo = (x: GraphValue, shape: Shape) => (equalShapes(a, b) ? x : sumToShape(graph, x, y, shape));
      return [
        wanted[0] ? summedTo(gradients.left(graph, dy, values), a) : undefined,
        wanted[1] ? summedTo(gradients.right(graph, dy, values), b) : undefined,
      ];
    },
  };
}

/** dy where a comparison of a with b holds, otherwise 0. */
function where(comparison: string) {
  return (graph: GraphBuilder, dy: GraphValue, { a, b }: Values) =>
    mul(graph, dy, cast(graph, binary(graph, comparison, a(), b()), dy.type));
}

const through = (_: GraphBuilder, dy: GraphValue) => dy;

const operatorOf = (operator: string) => (graph: GraphBuilder, a: GraphValue, b: GraphValue) =>
  binary(graph, operator, a, b);

const addition = binaryLowering({ forward: operatorOf("AddV2"), gradients: { left: through, right: through } });
const subtraction = binaryLowering({
  forward: operatorOf("Sub"),
  gradients: { left: through, right: (graph, dy) => unary(graph, "Neg", dy) },
});
const multiplication = binaryLowering({
  forward: operatorOf("Mul"),
  gradients: {
    left: (graph, dy, { b }) => mul(graph, dy, b()),
    right: (graph, dy, { a }) => mul(graph, dy, a()),
  },
});
const division = binaryLowering({
  // Whole numbers are divided as such and cut by the cast back, as in C.
  forward: (graph, a, b) => div(graph, cast(graph, a, "float32"), cast(graph, b, "float32")),
  gradients: {
    left: (graph, dy, { b }) => div(graph, dy, b()),
    right: (graph, dy, { a, b }) => unary(graph, "Neg", mul(graph, dy, div(graph, a(), unary(graph, "Square", b())))),
  },
});
const maximum = binaryLowering({
  forward: operatorOf("Maximum"),
  gradients: { left: where("GreaterEqual"), right: where("Less") },
});
const minimum = binaryLowering({
  forward: operatorOf("Minimum"),
  gradients: { left: where("LessEqual"), right: where("Greater") },
});
const power = binaryLowering({
  forward: operatorOf("Pow"),
  gradients: {
    left: (graph, dy, { a, b }) => mul(graph, dy, mul(graph, b(), binary(graph, "Pow", a(), sub(graph, b(), 1)))),
    right: (graph, dy, { a, y }) => mul(graph, dy, mul(graph, y(), unary(graph, "Log", a()))),
  },
});
const hypotenuse = binaryLowering({
  forward: (graph, a, b) => unary(graph, "Sqrt", add(graph, unary(graph, "Square", a), unary(graph, "Square", b))),
  gradients: {
    left: (graph, dy, { a, y }) => mul(graph, dy, div(graph, a(), y())),
    right: (graph, dy, { b, y }) => mul(graph, dy, div(graph, b(), y())),
  },
});
const remainder = binaryLowering({
  forward: modulo,
  gradients: {
    left: through,
    right: (graph, dy, { a, b }) => unary(graph, "Neg", mul(graph, dy, unary(graph, "Floor", div(graph, a(), b())))),
  },
});
const ofTruths = (operator: string) =>
  binaryLowering({ forward: (graph, a, b) => graph.one(operator, [truth(graph, a), truth(graph, b)]) });
const both = ofTruths("LogicalAnd");
const either = ofTruths("LogicalOr");
const oneOnly = ofTruths("NotEqual");
const equal = binaryLowering({ forward: operatorOf("Equal") });
const notEqual = binaryLowering({ forward: operatorOf("NotEqual") });
const greater = binaryLowering({ forward: operatorOf("Greater") });
const greaterEqual = binaryLowering({ forward: operatorOf("GreaterEqual") });
const lesser = binaryLowering({ forward: operatorOf("Less") });
const lesserEqual = binaryLowering({ forward: operatorOf("LessEqual") });

/** The sum of any number of arrays. */
const addN: Lowering = {
  forward: ({ graph, inputs }) => [graph.one("AddN", [inputs])],
  backward: ({ headGradients: [dy], wanted }) => wanted.map((want) => (want ? dy : undefined)),
};

/** Lowerings of functions of two elements, by MXNet's names. */
export const binaryLowerings = {
  elemwise_add: addition,
  broadcast_add: addition,
  elemwise_sub: subtraction,
  broadcast_sub: subtraction,
  elemwise_mul: multiplication,
  broadcast_mul: multiplication,
  elemwise_div: division,
  broadcast_div: division,
  _maximum: maximum,
  broadcast_maximum: maximum,
  _minimum: minimum,
  broadcast_minimum: minimum,
  _power: power,
  broadcast_power: power,
  _hypot: hypotenuse,
  broadcast_hypot: hypotenuse,
  _mod: remainder,
  broadcast_mod: remainder,
  _logical_and: both,
  broadcast_logical_and: both,
  _logical_or: either,
  broadcast_logical_or: either,
  _logical_xor: oneOnly,
  broadcast_logical_xor: oneOnly,
  _equal: equal,
  broadcast_equal: equal,
  _not_equal: notEqual,
  broadcast_not_equal: notEqual,
  _greater: greater,
  broadcast_greater: greater,
  _greater_equal: greaterEqual,
  broadcast_greater_equal: greaterEqual,
  _lesser: lesser,
  broadcast_lesser: lesser,
  _lesser_equal: lesserEqual,
  broadcast_lesser_equal: lesserEqual,
  add_n: addN,
} as const;
