import { binaryOperator } from "./binary-operator.ts";

/**
 * output = 1 where lhs > rhs, else 0; the gradients are 0.
 *
 * Shapes: lhs, rhs (any, alike) -> output (as lhs).
 */
export const greater = binaryOperator({
  name: "_greater",
  aliases: ["_Greater"],
  gradient: "zero",
});
