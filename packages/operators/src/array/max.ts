import { reductionOperator } from "./reduction-operator.ts";

/**
 * The greatest along axes; every element that equals it gets the gradient.
 *
 * Shapes: data (any) -> output (without the axes, or with 1 for them).
 */
export const maximumAlongAxes = reductionOperator({
  name: "max",
  aliases: ["max_axis"],
  gradient: "everything",
});
