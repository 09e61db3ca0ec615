import { broadcastOperator } from "./broadcast-operator.ts";

/**
 * output = lhs^rhs; gradients head * rhs * lhs^(rhs - 1) and head * output * ln(lhs).
 * Each gradient is summed over the axes along which its array was repeated.
 *
 * Shapes: lhs, rhs (any that fit) -> output (repeated).
 */
export const broadcastPower = broadcastOperator({
  name: "broadcast_power",
  gradient: "everything",
});
