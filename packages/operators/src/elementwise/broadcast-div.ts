import { broadcastOperator } from "./broadcast-operator.ts";

/**
 * output = lhs / rhs, for integers towards zero; gradients head / rhs and -head * lhs / rhs^2.
 * Each gradient is summed over the axes along which its array was repeated.
 *
 * Shapes: lhs, rhs (any that fit) -> output (repeated).
 */
export const broadcastDiv = broadcastOperator({
  name: "broadcast_div",
  gradient: "arguments",
});
