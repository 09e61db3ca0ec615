import { binaryOperator } from "./binary-operator.ts";

/**
 * output = lhs^rhs; gradients head * rhs * lhs^(rhs - 1) and head * output * ln(lhs).
 *
 * Shapes: lhs, rhs (any, alike) -> output (as lhs).
 */
export const power = binaryOperator({
  name: "_power",
  aliases: ["_Power"],
  gradient: "everything",
});
