import { unaryOperator } from "./unary-operator.ts";

/**
 * output = data / (1 + |data|); gradient = head / (1 + |data|)^2.
 *
 * Shapes: data (any) -> output (as data).
 */
export const softsign = unaryOperator({
  name: "softsign",
  gradient: "arguments",
  keepsOrder: true,
});
