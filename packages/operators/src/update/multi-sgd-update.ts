import type { OperatorSpec } from "@mxgraft/operator";
import { type MultiSgdAttributes, multiSgdAttributes, multiSgdRule } from "./multi-sgd-rule.ts";

/**
 * Gradient descent of several parameters; see `multiSgdRule`.
 *
 * Shapes: for each parameter weight, grad (any) -> its new weight (as it is).
 */
export const multiSgdUpdate: OperatorSpec<MultiSgdAttributes> = multiSgdRule<MultiSgdAttributes>({
  name: "multi_sgd_update",
  attributes: multiSgdAttributes,
  slots: [],
  preloaded: false,
});
