import { reductionOperator } from "./reduction-operator.ts";

/**
 * The sum along axes of what is a number; the gradient is 0 where data is none.
 *
 * Shapes: data (any) -> output (without the axes, or with 1 for them).
 */
export const nansum = reductionOperator({
  name: "nansum",
  gradient: "arguments",
});
