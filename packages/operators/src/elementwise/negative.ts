import { unaryOperator } from "./unary-operator.ts";

/**
 * output = -data; gradient = -head.
 *
 * Shapes: data (any) -> output (as data).
 */
export const negative = unaryOperator({
  name: "negative",
  gradient: "nothing",
});
