import { unaryOperator } from "./unary-operator.ts";

/**
 * output = -1, 0 or 1 as data is below, at or above 0; the gradient is 0.
 *
 * Shapes: data (any) -> output (as data).
 */
export const sign = unaryOperator({
  name: "sign",
  gradient: "zero",
});
