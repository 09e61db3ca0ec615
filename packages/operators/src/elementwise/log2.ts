import { unaryOperator } from "./unary-operator.ts";

/**
 * output = ln(data) / ln(2); gradient = head / (data ln(2)).
 *
 * Shapes: data (any) -> output (as data).
 */
export const log2 = unaryOperator({
  name: "log2",
  gradient: "arguments",
});
