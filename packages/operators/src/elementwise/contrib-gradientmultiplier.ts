import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = data; gradient = head * scalar.
 *
 * Shapes: data (any) -> output (as data).
 */
export const contribGradientmultiplier = scalarOperator({
  name: "_contrib_gradientmultiplier",
  gradient: "nothing",
});
