import { scalarOperator } from "./scalar-operator.ts";

/**
 * output = data + scalar; the gradient is that of the output.
 *
 * Shapes: data (any) -> output (as data).
 */
export const plusScalar = scalarOperator({
  name: "_plus_scalar",
  aliases: ["_PlusScalar", "_npi_add_scalar"],
  gradient: "nothing",
});
