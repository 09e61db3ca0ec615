import { broadcastOperator } from "./broadcast-operator.ts";

/**
 * output = 1 where lhs > rhs, else 0; the gradients are 0.
 *
 * Shapes: lhs, rhs (any that fit) -> output (repeated).
 */
export const broadcastGreater = broadcastOperator({
  name: "broadcast_greater",
  gradient: "zero",
});
