import { unaryOperator } from "./unary-operator.ts";

/**
 * output = arcsin(data) in radians; gradient = head / sqrt(1 - data^2).
 *
 * Shapes: data (any) -> output (as data).
 */
export const arcsin = unaryOperator({
  name: "arcsin",
  gradient: "arguments",
});
