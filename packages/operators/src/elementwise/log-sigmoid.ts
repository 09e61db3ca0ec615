import { unaryOperator } from "./unary-operator.ts";

/**
 * output = ln(1 / (1 + e^-data)); gradient = head * (1 - e^output).
 *
 * Shapes: data (any) -> output (as data).
 */
export const logSigmoid = unaryOperator({
  name: "log_sigmoid",
  gradient: "output",
});
