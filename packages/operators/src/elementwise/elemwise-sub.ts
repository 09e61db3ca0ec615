import { binaryOperator } from "./binary-operator.ts";

/**
 * output = lhs - rhs; gradients head and -head.
 *
 * Shapes: lhs, rhs (any, alike) -> output (as lhs).
 */
export const elemwiseSub = binaryOperator({
  name: "elemwise_sub",
  aliases: ["_sub", "_minus", "_Minus"],
  gradient: "nothing",
});
