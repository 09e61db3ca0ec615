import { unaryOperator } from "./unary-operator.ts";

/**
 * output = data without its fraction; the gradient is 0.
 *
 * Shapes: data (any) -> output (as data).
 */
export const trunc = unaryOperator({
  name: "trunc",
  gradient: "zero",
});
