import { unaryOperator } from "./unary-operator.ts";

/**
 * output = data^(-1/3), for negative data too; gradient = -head * output^4 / 3.
 *
 * Shapes: data (any) -> output (as data).
 */
export const rcbrt = unaryOperator({
  name: "rcbrt",
  gradient: "output",
});
