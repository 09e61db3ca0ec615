import { broadcastOperator } from "./broadcast-operator.ts";

/**
 * output = lhs + rhs; both gradients are that of the output.
 * Each gradient is summed over the axes along which its array was repeated.
 *
 * Shapes: lhs, rhs (any that fit) -> output (repeated).
 */
export const broadcastAdd = broadcastOperator({
  name: "broadcast_add",
  aliases: ["broadcast_plus"],
  gradient: "nothing",
});
