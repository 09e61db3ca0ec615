import { broadcastOperator } from "./broadcast-operator.ts";

/**
 * output = 1 where exactly one of them is not 0, else 0; the gradients are 0.
 *
 * Shapes: lhs, rhs (any that fit) -> output (repeated).
 */
export const broadcastLogicalXor = broadcastOperator({
  name: "broadcast_logical_xor",
  gradient: "zero",
});
