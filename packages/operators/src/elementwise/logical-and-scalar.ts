import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = 1 where, of data and scalar, both are not 0, else 0; the gradient is 0.
 *
 * Shapes: data (any) -> output (as data).
 */
export const logicalAndScalar = scalarOperator({
  name: "_logical_and_scalar",
  aliases: ["_LogicalAndScalar"],
  gradient: "zero",
});
