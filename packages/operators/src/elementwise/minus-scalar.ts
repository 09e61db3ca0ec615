import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = data - scalar; the gradient is that of the output.
 *
 * Shapes: data (any) -> output (as data).
 */
export const minusScalar = scalarOperator({
  name: "_minus_scalar",
  aliases: ["_MinusScalar", "_npi_subtract_scalar"],
  gradient: "nothing",
});
