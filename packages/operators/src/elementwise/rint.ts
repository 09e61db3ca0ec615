import { unaryOperator } from "./unary-operator.ts";

/**
 * output = the nearest integer, halves to the lower one (MXNet; C rounds them to even); the gradient is 0.
 *
 * Shapes: data (any) -> output (as data).
 */
export const rint = unaryOperator({
  name: "rint",
  gradient: "zero",
});
