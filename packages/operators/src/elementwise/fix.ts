import { unaryOperator } from "./unary-operator.ts";

/**
 * output = the integer next to data on the side of zero, as trunc; the gradient is 0.
 *
 * Shapes: data (any) -> output (as data).
 */
export const fix = unaryOperator({
  name: "fix",
  gradient: "zero",
});
