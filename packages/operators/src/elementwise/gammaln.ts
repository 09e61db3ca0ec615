import { unaryOperator } from "./unary-operator.ts";

/**
 * output = ln |gamma(data)|; gradient = head * digamma(data).
 *
 * Shapes: data (any) -> output (as data).
 */
export const gammaln = unaryOperator({
  name: "gammaln",
  gradient: "arguments",
});
