import { binaryOperator } from "./binary-operator.ts";

/**
 * output = max(lhs, rhs); the gradient goes to the greater one, and to lhs where they are equal.
 *
 * Shapes: lhs, rhs (any, alike) -> output (as lhs).
 */
export const maximum = binaryOperator({
  name: "_maximum",
  aliases: ["_Maximum"],
  gradient: "arguments",
});
