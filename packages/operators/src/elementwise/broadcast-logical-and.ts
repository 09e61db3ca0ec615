import { broadcastOperator } from "./broadcast-operator.ts";

/**
 * output = 1 where both are not 0, else 0; the gradients are 0.
 *
 * Shapes: lhs, rhs (any that fit) -> output (repeated).
 */
export const broadcastLogicalAnd = broadcastOperator({
  name: "broadcast_logical_and",
  gradient: "zero",
});
