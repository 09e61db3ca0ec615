import { binaryOperator } from "./binary-operator.ts";

/**
 * output = 1 where lhs and rhs differ, else 0; the gradients are 0.
 *
 * Shapes: lhs, rhs (any, alike) -> output (as lhs).
 */
export const notEqual = binaryOperator({
  name: "_not_equal",
  aliases: ["_Not_Equal"],
  gradient: "zero",
});
