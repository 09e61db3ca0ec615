import { reductionOperator } from "./reduction-operator.ts";

/**
 * The product along axes; gradient = head * output / data, not a number where data is 0, as in MXNet.
 *
 * Shapes: data (any) -> output (without the axes, or with 1 for them).
 */
export const product = reductionOperator({
  name: "prod",
  gradient: "everything",
});
