import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = (scalar * data)^2 / 2 where |data| < 1/scalar^2, else |data| - 1/(2 scalar^2).
 *
 * The gradient is head * scalar^2 * data, cut to -head..head.
 *
 * Shapes: data (any) -> output (as data).
 */
export const smoothL1 = scalarOperator({
  name: "smooth_l1",
  gradient: "arguments",
});
