import { binaryOperator } from "./binary-operator.ts";

/**
 * output = 1 where both are not 0, else 0; the gradients are 0.
 *
 * Shapes: lhs, rhs (any, alike) -> output (as lhs).
 */
export const logicalAnd = binaryOperator({
  name: "_logical_and",
  aliases: ["_Logical_And"],
  gradient: "zero",
});
