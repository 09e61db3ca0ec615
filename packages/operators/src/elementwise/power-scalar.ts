import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = data^scalar; gradient = head * scalar * data^(scalar - 1).
 *
 * Shapes: data (any) -> output (as data).
 */
export const powerScalar = scalarOperator({
  name: "_power_scalar",
  aliases: ["_PowerScalar", "_npi_power_scalar"],
  gradient: "arguments",
});
