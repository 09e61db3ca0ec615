import { unaryOperator } from "./unary-operator.ts";

/**
 * output = the least integer that is not below data; the gradient is 0.
 *
 * Shapes: data (any) -> output (as data).
 */
export const ceil = unaryOperator({
  name: "ceil",
  gradient: "zero",
});
