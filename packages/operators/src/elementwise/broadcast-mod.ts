import { broadcastOperator } from "./broadcast-operator.ts";

/**
 * output = lhs modulo rhs with the sign of rhs, 0 for rhs = 0; gradients head and -head * floor(lhs / rhs).
 * Each gradient is summed over the axes along which its array was repeated.
 *
 * Shapes: lhs, rhs (any that fit) -> output (repeated).
 */
export const broadcastMod = broadcastOperator({
  name: "broadcast_mod",
  gradient: "arguments",
});
