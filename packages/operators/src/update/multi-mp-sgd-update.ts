import type { OperatorSpec } from "@mxgraft/operator";
import { type MultiSgdAttributes, multiSgdAttributes, multiSgdRule } from "./multi-sgd-rule.ts";

/**
 * Gradient descent of several parameters kept in float16 and in float32; see `multiSgdRule`.
 *
 * Shapes: for each parameter weight, grad, weight32 (any) -> its new weight (as it is).
 */
export const multiMpSgdUpdate: OperatorSpec<MultiSgdAttributes> = multiSgdRule<MultiSgdAttributes>({
  name: "multi_mp_sgd_update",
  attributes: multiSgdAttributes,
  slots: ["weight32"],
  preloaded: false,
});
