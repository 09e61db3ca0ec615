import { unaryOperator } from "./unary-operator.ts";

/**
 * output = the x with erf(x) = data, for -1 < data < 1; gradient = head * sqrt(pi) / 2 * e^(output^2).
 *
 * Shapes: data (any) -> output (as data).
 */
export const erfinv = unaryOperator({
  name: "erfinv",
  gradient: "arguments",
});
