import { unaryOperator } from "./unary-operator.ts";

/**
 * output = the greatest integer that is not above data; the gradient is 0.
 *
 * Shapes: data (any) -> output (as data).
 */
export const floor = unaryOperator({
  name: "floor",
  gradient: "zero",
});
