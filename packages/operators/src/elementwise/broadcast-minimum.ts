import { broadcastOperator } from "./broadcast-operator.ts";

/**
 * output = min(lhs, rhs); the gradient goes to the lesser one, and to lhs where they are equal.
 * Each gradient is summed over the axes along which its array was repeated.
 *
 * Shapes: lhs, rhs (any that fit) -> output (repeated).
 */
export const broadcastMinimum = broadcastOperator({
  name: "broadcast_minimum",
  gradient: "arguments",
});
