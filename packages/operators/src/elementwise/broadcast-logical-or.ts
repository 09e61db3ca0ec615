import { broadcastOperator } from "./broadcast-operator.ts";

/**
 * output = 1 where one of them is not 0, else 0; the gradients are 0.
 *
 * Shapes: lhs, rhs (any that fit) -> output (repeated).
 */
export const broadcastLogicalOr = broadcastOperator({
  name: "broadcast_logical_or",
  gradient: "zero",
});
