import { broadcastOperator } from "./broadcast-operator.ts";

/**
 * output = max(lhs, rhs); the gradient goes to the greater one, and to lhs where they are equal.
 * Each gradient is summed over the axes along which its array was repeated.
 *
 * Shapes: lhs, rhs (any that fit) -> output (repeated).
 */
export const broadcastMaximum = broadcastOperator({
  name: "broadcast_maximum",
  gradient: "arguments",
});
