import { unaryOperator } from "./unary-operator.ts";

/**
 * output = 1 / sqrt(data); gradient = -head * output^3 / 2.
 *
 * Shapes: data (any) -> output (as data).
 */
export const rsqrt = unaryOperator({
  name: "rsqrt",
  gradient: "output",
});
