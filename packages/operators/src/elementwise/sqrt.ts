import { unaryOperator } from "./unary-operator.ts";

/**
 * output = sqrt(data); gradient = head / (2 output).
 *
 * Shapes: data (any) -> output (as data).
 */
export const sqrt = unaryOperator({
  name: "sqrt",
  gradient: "output",
});
