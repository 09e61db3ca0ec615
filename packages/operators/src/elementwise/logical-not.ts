import { unaryOperator } from "./unary-operator.ts";

/**
 * output = 1 where data is 0, else 0; the gradient is 0.
 *
 * Shapes: data (any) -> output (as data).
 */
export const logicalNot = unaryOperator({
  name: "logical_not",
  gradient: "zero",
});
