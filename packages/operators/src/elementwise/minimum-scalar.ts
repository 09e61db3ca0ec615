import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = min(data, scalar); the gradient passes where data <= scalar.
 *
 * Shapes: data (any) -> output (as data).
 */
export const minimumScalar = scalarOperator({
  name: "_minimum_scalar",
  aliases: ["_MinimumScalar", "_npi_minimum_scalar"],
  gradient: "arguments",
});
