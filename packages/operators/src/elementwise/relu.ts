import { unaryOperator } from "./unary-operator.ts";

/**
 * output = max(data, 0); gradient = head where output > 0.
 *
 * Shapes: data (any) -> output (as data).
 */
export const relu = unaryOperator({
  name: "relu",
  aliases: ["_npx_relu"],
  gradient: "output",
  keepsOrder: true,
});
