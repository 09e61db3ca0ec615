import { reductionOperator } from "./reduction-operator.ts";

/**
 * The least along axes; every element that equals it gets the gradient.
 *
 * Shapes: data (any) -> output (without the axes, or with 1 for them).
 */
export const minimumAlongAxes = reductionOperator({
  name: "min",
  aliases: ["min_axis"],
  gradient: "everything",
});
