import { unaryOperator } from "./unary-operator.ts";

/**
 * output = arccos(data) in radians; gradient = -head / sqrt(1 - data^2).
 *
 * Shapes: data (any) -> output (as data).
 */
export const arccos = unaryOperator({
  name: "arccos",
  gradient: "arguments",
});
