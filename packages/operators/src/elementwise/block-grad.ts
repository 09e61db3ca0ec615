import { unaryOperator } from "./unary-operator.ts";

/**
 * output = data; the gradient is 0.
 *
 * Shapes: data (any) -> output (as data).
 */
export const blockGrad = unaryOperator({
  name: "BlockGrad",
  aliases: ["stop_gradient"],
  gradient: "zero",
});
