import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = 1 where data is not scalar, else 0; the gradient is 0.
 *
 * Shapes: data (any) -> output (as data).
 */
export const notEqualScalar = scalarOperator({
  name: "_not_equal_scalar",
  aliases: ["_NotEqualScalar"],
  gradient: "zero",
});
