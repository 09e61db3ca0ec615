import { binaryOperator } from "./binary-operator.ts";

/**
 * output = lhs modulo rhs with the sign of rhs, 0 for rhs = 0; gradients head and -head * floor(lhs / rhs).
 *
 * Shapes: lhs, rhs (any, alike) -> output (as lhs).
 */
export const mod = binaryOperator({
  name: "_mod",
  aliases: ["_Mod"],
  gradient: "arguments",
});
