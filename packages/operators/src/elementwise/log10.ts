import { unaryOperator } from "./unary-operator.ts";

/**
 * output = ln(data) / ln(10); gradient = head / (data ln(10)).
 *
 * Shapes: data (any) -> output (as data).
 */
export const log10 = unaryOperator({
  name: "log10",
  gradient: "arguments",
});
