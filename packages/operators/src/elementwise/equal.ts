import { binaryOperator } from "./binary-operator.ts";

/**
 * output = 1 where lhs = rhs, else 0; the gradients are 0.
 *
 * Shapes: lhs, rhs (any, alike) -> output (as lhs).
 */
export const equal = binaryOperator({
  name: "_equal",
  aliases: ["_Equal"],
  gradient: "zero",
});
