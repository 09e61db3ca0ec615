import { unaryOperator } from "./unary-operator.ts";

/**
 * output = data in degrees, data being in radians.
 *
 * Shapes: data (any) -> output (as data).
 */
export const degrees = unaryOperator({
  name: "degrees",
  gradient: "nothing",
});
