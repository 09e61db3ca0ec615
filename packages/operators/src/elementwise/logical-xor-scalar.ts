import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = 1 where, of data and scalar, exactly one of them is not 0, else 0; the gradient is 0.
 *
 * Shapes: data (any) -> output (as data).
 */
export const logicalXorScalar = scalarOperator({
  name: "_logical_xor_scalar",
  aliases: ["_LogicalXorScalar"],
  gradient: "zero",
});
