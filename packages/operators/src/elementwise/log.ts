import { unaryOperator } from "./unary-operator.ts";

/**
 * output = ln(data); gradient = head / data.
 *
 * Shapes: data (any) -> output (as data).
 */
export const log = unaryOperator({
  name: "log",
  gradient: "arguments",
});
