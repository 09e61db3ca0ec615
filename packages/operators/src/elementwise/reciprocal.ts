import { unaryOperator } from "./unary-operator.ts";

/**
 * output = 1 / data; gradient = -head * output^2.
 *
 * Shapes: data (any) -> output (as data).
 */
export const reciprocal = unaryOperator({
  name: "reciprocal",
  gradient: "output",
});
