import { unaryOperator } from "./unary-operator.ts";

/**
 * output = e^data - 1; gradient = head * (output + 1).
 *
 * Shapes: data (any) -> output (as data).
 */
export const expm1 = unaryOperator({
  name: "expm1",
  gradient: "output",
});
