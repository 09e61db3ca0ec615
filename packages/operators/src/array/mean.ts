import { reductionOperator } from "./reduction-operator.ts";

/**
 * The mean along axes; gradient = head / elements that were averaged.
 *
 * Shapes: data (any) -> output (without the axes, or with 1 for them).
 */
export const mean = reductionOperator({
  name: "mean",
  gradient: "nothing",
});
