import { broadcastOperator } from "./broadcast-operator.ts";

/**
 * output = lhs * rhs; gradients head * rhs and head * lhs.
 * Each gradient is summed over the axes along which its array was repeated.
 *
 * Shapes: lhs, rhs (any that fit) -> output (repeated).
 */
export const broadcastMul = broadcastOperator({
  name: "broadcast_mul",
  gradient: "arguments",
});
