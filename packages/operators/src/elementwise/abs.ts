import { unaryOperator } from "./unary-operator.ts";

/**
 * output = |data|; gradient = head * sign(data).
 *
 * Shapes: data (any) -> output (as data).
 */
export const abs = unaryOperator({
  name: "abs",
  gradient: "arguments",
});
