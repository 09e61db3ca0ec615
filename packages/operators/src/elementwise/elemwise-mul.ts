import { binaryOperator } from "./binary-operator.ts";

/**
 * output = lhs * rhs; gradients head * rhs and head * lhs.
 *
 * Shapes: lhs, rhs (any, alike) -> output (as lhs).
 */
export const elemwiseMul = binaryOperator({
  name: "elemwise_mul",
  aliases: ["_mul", "_Mul"],
  gradient: "arguments",
});
