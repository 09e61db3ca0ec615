import { unaryOperator } from "./unary-operator.ts";

/**
 * output = arctan(data) in radians; gradient = head / (1 + data^2).
 *
 * Shapes: data (any) -> output (as data).
 */
export const arctan = unaryOperator({
  name: "arctan",
  gradient: "arguments",
});
