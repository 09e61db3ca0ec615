import { unaryOperator } from "./unary-operator.ts";

/**
 * output = cosh(data); gradient = head * sinh(data).
 *
 * Shapes: data (any) -> output (as data).
 */
export const cosh = unaryOperator({
  name: "cosh",
  gradient: "arguments",
});
