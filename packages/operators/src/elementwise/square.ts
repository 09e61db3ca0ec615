import { unaryOperator } from "./unary-operator.ts";

/**
 * output = data^2; gradient = head * 2 data.
 *
 * Shapes: data (any) -> output (as data).
 */
export const square = unaryOperator({
  name: "square",
  gradient: "arguments",
});
