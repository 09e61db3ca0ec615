import { unaryOperator } from "./unary-operator.ts";

/**
 * output = data * tanh(ln(1 + e^data)).
 *
 * Shapes: data (any) -> output (as data).
 */
export const mish = unaryOperator({
  name: "mish",
  gradient: "arguments",
});
