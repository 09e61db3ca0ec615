import { unaryOperator } from "./unary-operator.ts";

/**
 * output = 1 / (1 + e^-data); gradient = head * output * (1 - output).
 *
 * Shapes: data (any) -> output (as data).
 */
export const sigmoid = unaryOperator({
  name: "sigmoid",
  aliases: ["_npx_sigmoid"],
  gradient: "output",
  keepsOrder: true,
});
