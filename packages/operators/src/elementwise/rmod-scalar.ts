import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = scalar modulo data with the sign of data, 0 for data = 0; gradient = -head * floor(scalar / data).
 *
 * Shapes: data (any) -> output (as data).
 */
export const rmodScalar = scalarOperator({
  name: "_rmod_scalar",
  aliases: ["_RModScalar", "_npi_rmod_scalar"],
  gradient: "arguments",
});
