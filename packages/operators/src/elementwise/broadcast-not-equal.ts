import { broadcastOperator } from "./broadcast-operator.ts";

/**
 * output = 1 where lhs and rhs differ, else 0; the gradients are 0.
 *
 * Shapes: lhs, rhs (any that fit) -> output (repeated).
 */
export const broadcastNotEqual = broadcastOperator({
  name: "broadcast_not_equal",
  gradient: "zero",
});
