import { unaryOperator } from "./unary-operator.ts";

/**
 * output = cos(data), data in radians; gradient = -head * sin(data).
 *
 * Shapes: data (any) -> output (as data).
 */
export const cos = unaryOperator({
  name: "cos",
  gradient: "arguments",
});
