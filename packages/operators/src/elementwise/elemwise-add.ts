import { binaryOperator } from "./binary-operator.ts";

/**
 * output = lhs + rhs; both gradients are that of the output.
 *
 * Shapes: lhs, rhs (any, alike) -> output (as lhs).
 */
export const elemwiseAdd = binaryOperator({
  name: "elemwise_add",
  aliases: ["_add", "_plus", "_Plus", "_grad_add"],
  gradient: "nothing",
});
