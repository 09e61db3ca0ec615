import { unaryOperator } from "./unary-operator.ts";

/**
 * output = data; the gradient is that of the output.
 *
 * Shapes: data (any) -> output (as data).
 */
export const copy = unaryOperator({
  name: "_copy",
  aliases: ["identity", "_np_copy", "_npi_copy"],
  gradient: "nothing",
});
