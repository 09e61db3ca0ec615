import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = sqrt(data^2 + scalar^2); gradient = head * data / output.
 *
 * Shapes: data (any) -> output (as data).
 */
export const hypotScalar = scalarOperator({
  name: "_hypot_scalar",
  aliases: ["_HypotScalar"],
  gradient: "everything",
});
