import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = max(data, scalar); the gradient passes where data >= scalar.
 *
 * Shapes: data (any) -> output (as data).
 */
export const maximumScalar = scalarOperator({
  name: "_maximum_scalar",
  aliases: ["_MaximumScalar", "_npi_maximum_scalar"],
  gradient: "arguments",
});
