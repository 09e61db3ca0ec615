import { unaryOperator } from "./unary-operator.ts";

/**
 * output = the nearest integer, halves away from zero; the gradient is 0.
 *
 * Shapes: data (any) -> output (as data).
 */
export const round = unaryOperator({
  name: "round",
  gradient: "zero",
});
