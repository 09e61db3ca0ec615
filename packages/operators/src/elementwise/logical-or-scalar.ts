import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = 1 where, of data and scalar, one of them is not 0, else 0; the gradient is 0.
 *
 * Shapes: data (any) -> output (as data).
 */
export const logicalOrScalar = scalarOperator({
  name: "_logical_or_scalar",
  aliases: ["_LogicalOrScalar"],
  gradient: "zero",
});
