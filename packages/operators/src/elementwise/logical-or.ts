import { binaryOperator } from "./binary-operator.ts";

/**
 * output = 1 where one of them is not 0, else 0; the gradients are 0.
 *
 * Shapes: lhs, rhs (any, alike) -> output (as lhs).
 */
export const logicalOr = binaryOperator({
  name: "_logical_or",
  aliases: ["_Logical_Or"],
  gradient: "zero",
});
