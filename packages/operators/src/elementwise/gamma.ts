import { unaryOperator } from "./unary-operator.ts";

/**
 * output = gamma(data); gradient = head * output * digamma(data).
 *
 * Shapes: data (any) -> output (as data).
 */
export const gamma = unaryOperator({
  name: "gamma",
  gradient: "arguments",
});
