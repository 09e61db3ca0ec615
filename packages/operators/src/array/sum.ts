import { reductionOperator } from "./reduction-operator.ts";

/**
 * The sum along axes; the gradient is the head for every element.
 *
 * Shapes: data (any) -> output (without the axes, or with 1 for them).
 */
export const sum = reductionOperator({
  name: "sum",
  aliases: ["sum_axis"],
  gradient: "nothing",
});
