import { broadcastOperator } from "./broadcast-operator.ts";

/**
 * output = lhs - rhs; gradients head and -head.
 * Each gradient is summed over the axes along which its array was repeated.
 *
 * Shapes: lhs, rhs (any that fit) -> output (repeated).
 */
export const broadcastSub = broadcastOperator({
  name: "broadcast_sub",
  aliases: ["broadcast_minus"],
  gradient: "nothing",
});
