import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = data * scalar; gradient = head * scalar.
 *
 * Shapes: data (any) -> output (as data).
 */
export const mulScalar = scalarOperator({
  name: "_mul_scalar",
  aliases: ["_MulScalar", "_npi_multiply_scalar"],
  gradient: "nothing",
});
