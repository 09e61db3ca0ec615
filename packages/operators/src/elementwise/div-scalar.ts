import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = data / scalar; gradient = head / scalar.
 *
 * Shapes: data (any) -> output (as data).
 */
export const divScalar = scalarOperator({
  name: "_div_scalar",
  aliases: ["_DivScalar"],
  gradient: "nothing",
});
