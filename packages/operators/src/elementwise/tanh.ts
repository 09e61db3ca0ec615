import { unaryOperator } from "./unary-operator.ts";

/**
 * output = tanh(data); gradient = head * (1 - output^2).
 *
 * Shapes: data (any) -> output (as data).
 */
export const tanh = unaryOperator({
  name: "tanh",
  gradient: "output",
  keepsOrder: true,
});
