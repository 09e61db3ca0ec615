import { unaryOperator } from "./unary-operator.ts";

/**
 * output = data / sqrt(size of the last axis); gradient = head / sqrt(size of the last axis).
 *
 * Shapes: data (any) -> output (as data).
 */
export const contribDivSqrtDim = unaryOperator({
  name: "_contrib_div_sqrt_dim",
  gradient: "nothing",
});
