import { broadcastOperator } from "./broadcast-operator.ts";

/**
 * output = sqrt(lhs^2 + rhs^2); gradients head * lhs / output and head * rhs / output.
 * Each gradient is summed over the axes along which its array was repeated.
 *
 * Shapes: lhs, rhs (any that fit) -> output (repeated).
 */
export const broadcastHypot = broadcastOperator({
  name: "broadcast_hypot",
  gradient: "everything",
});
