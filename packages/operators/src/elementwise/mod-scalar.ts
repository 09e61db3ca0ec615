import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = data modulo scalar with the sign of scalar, 0 for scalar = 0; the gradient is that of the output.
 *
 * Shapes: data (any) -> output (as data).
 */
export const modScalar = scalarOperator({
  name: "_mod_scalar",
  aliases: ["_ModScalar", "_npi_mod_scalar"],
  gradient: "nothing",
});
