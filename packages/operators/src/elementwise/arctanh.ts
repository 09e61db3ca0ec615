import { unaryOperator } from "./unary-operator.ts";

/**
 * output = arctanh(data); gradient = head / (1 - data^2).
 *
 * Shapes: data (any) -> output (as data).
 */
export const arctanh = unaryOperator({
  name: "arctanh",
  gradient: "arguments",
});
