import { reductionOperator } from "./reduction-operator.ts";

/**
 * The product along axes of what is a number; gradient = head * output / data, 0 where data is none.
 *
 * Shapes: data (any) -> output (without the axes, or with 1 for them).
 */
export const nanprod = reductionOperator({
  name: "nanprod",
  gradient: "everything",
});
