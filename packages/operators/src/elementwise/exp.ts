import { unaryOperator } from "./unary-operator.ts";

/**
 * output = e^data; gradient = head * output.
 *
 * Shapes: data (any) -> output (as data).
 */
export const exp = unaryOperator({
  name: "exp",
  gradient: "output",
});
