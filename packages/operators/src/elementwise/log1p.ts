import { unaryOperator } from "./unary-operator.ts";

/**
 * output = ln(1 + data); gradient = head / (1 + data).
 *
 * Shapes: data (any) -> output (as data).
 */
export const log1p = unaryOperator({
  name: "log1p",
  gradient: "arguments",
});
