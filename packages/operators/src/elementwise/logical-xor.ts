import { binaryOperator } from "./binary-operator.ts";

/**
 * output = 1 where exactly one of them is not 0, else 0; the gradients are 0.
 *
 * Shapes: lhs, rhs (any, alike) -> output (as lhs).
 */
export const logicalXor = binaryOperator({
  name: "_logical_xor",
  aliases: ["_Logical_Xor"],
  gradient: "zero",
});
