import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = 1 where data <= scalar, else 0; the gradient is 0.
 *
 * Shapes: data (any) -> output (as data).
 */
export const lesserEqualScalar = scalarOperator({
  name: "_lesser_equal_scalar",
  aliases: ["_LesserEqualScalar"],
  gradient: "zero",
});
