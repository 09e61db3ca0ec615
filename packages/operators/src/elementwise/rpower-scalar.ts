import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = scalar^data; gradient = head * output * ln(scalar).
 *
 * Shapes: data (any) -> output (as data).
 */
export const rpowerScalar = scalarOperator({
  name: "_rpower_scalar",
  aliases: ["_RPowerScalar", "_npi_rpower_scalar"],
  gradient: "output",
});
