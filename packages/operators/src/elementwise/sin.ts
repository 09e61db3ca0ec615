import { unaryOperator } from "./unary-operator.ts";

/**
 * output = sin(data), data in radians; gradient = head * cos(data).
 *
 * Shapes: data (any) -> output (as data).
 */
export const sin = unaryOperator({
  name: "sin",
  gradient: "arguments",
});
