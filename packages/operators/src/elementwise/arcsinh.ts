import { unaryOperator } from "./unary-operator.ts";

/**
 * output = arcsinh(data); gradient = head / sqrt(data^2 + 1).
 *
 * Shapes: data (any) -> output (as data).
 */
export const arcsinh = unaryOperator({
  name: "arcsinh",
  gradient: "arguments",
});
