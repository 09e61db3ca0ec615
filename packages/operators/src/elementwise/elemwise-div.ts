import { binaryOperator } from "./binary-operator.ts";

/**
 * output = lhs / rhs, for integers towards zero; gradients head / rhs and -head * lhs / rhs^2.
 *
 * Shapes: lhs, rhs (any, alike) -> output (as lhs).
 */
export const elemwiseDiv = binaryOperator({
  name: "elemwise_div",
  aliases: ["_div", "_Div"],
  gradient: "arguments",
});
