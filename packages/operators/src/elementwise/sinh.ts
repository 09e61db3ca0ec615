import { unaryOperator } from "./unary-operator.ts";

/**
 * output = sinh(data); gradient = head * cosh(data).
 *
 * Shapes: data (any) -> output (as data).
 */
export const sinh = unaryOperator({
  name: "sinh",
  gradient: "arguments",
});
