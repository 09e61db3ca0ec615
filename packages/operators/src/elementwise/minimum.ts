import { binaryOperator } from "./binary-operator.ts";

/**
 * output = min(lhs, rhs); the gradient goes to the lesser one, and to lhs where they are equal.
 *
 * Shapes: lhs, rhs (any, alike) -> output (as lhs).
 */
export const minimum = binaryOperator({
  name: "_minimum",
  aliases: ["_Minimum"],
  gradient: "arguments",
});
