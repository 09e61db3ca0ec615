import { unaryOperator } from "./unary-operator.ts";

/**
 * output = data in radians, data being in degrees.
 *
 * Shapes: data (any) -> output (as data).
 */
export const radians = unaryOperator({
  name: "radians",
  gradient: "nothing",
});
