import { unaryOperator } from "./unary-operator.ts";

/**
 * output = arccosh(data); gradient = head / sqrt(data^2 - 1).
 *
 * Shapes: data (any) -> output (as data).
 */
export const arccosh = unaryOperator({
  name: "arccosh",
  gradient: "arguments",
});
