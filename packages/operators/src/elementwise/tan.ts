import { unaryOperator } from "./unary-operator.ts";

/**
 * output = tan(data), data in radians; gradient = head * (1 + output^2).
 *
 * Shapes: data (any) -> output (as data).
 */
export const tan = unaryOperator({
  name: "tan",
  gradient: "output",
});
