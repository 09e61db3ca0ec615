import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = scalar / data; gradient = -head * scalar / data^2.
 *
 * Shapes: data (any) -> output (as data).
 */
export const rdivScalar = scalarOperator({
  name: "_rdiv_scalar",
  aliases: ["_RDivScalar"],
  gradient: "arguments",
});
