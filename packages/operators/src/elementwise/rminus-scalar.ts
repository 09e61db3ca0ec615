import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = scalar - data; gradient = -head.
 *
 * Shapes: data (any) -> output (as data).
 */
export const rminusScalar = scalarOperator({
  name: "_rminus_scalar",
  aliases: ["_RMinusScalar", "_npi_rsubtract_scalar"],
  gradient: "nothing",
});
