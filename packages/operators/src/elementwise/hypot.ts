import { binaryOperator } from "./binary-operator.ts";

/**
 * output = sqrt(lhs^2 + rhs^2); gradients head * lhs / output and head * rhs / output.
 *
 * Shapes: lhs, rhs (any, alike) -> output (as lhs).
 */
export const hypot = binaryOperator({
  name: "_hypot",
  gradient: "everything",
});
