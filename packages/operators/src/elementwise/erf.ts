import { unaryOperator } from "./unary-operator.ts";

/**
 * output = erf(data); gradient = head * 2 / sqrt(pi) * e^(-data^2).
 *
 * Shapes: data (any) -> output (as data).
 */
export const erf = unaryOperator({
  name: "erf",
  gradient: "arguments",
});
