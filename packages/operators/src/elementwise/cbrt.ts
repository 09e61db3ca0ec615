import { unaryOperator } from "./unary-operator.ts";

/**
 * output = data^(1/3), for negative data too; gradient = head / (3 output^2).
 *
 * Shapes: data (any) -> output (as data).
 */
export const cbrt = unaryOperator({
  name: "cbrt",
  gradient: "output",
});
