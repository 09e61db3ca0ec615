import type { OperatorSpec } from "@mxgraft/operator";
import { type MultiSgdMomAttributes, multiSgdMomAttributes, multiSgdRule } from "./multi-sgd-rule.ts";

/**
 * Gradient descent with momentum of several parameters kept in float16 and in float32; see `multiSgdRule`.
 *
 * Shapes: for each parameter weight, grad, mom, weight32 (any) -> its new weight (as it is).
 */
export const multiMpSgdMomUpdate: OperatorSpec<MultiSgdMomAttributes> = multiSgdRule<MultiSgdMomAttributes>({
  name: "multi_mp_sgd_mom_update",
  attributes: multiSgdMomAttributes,
  slots: ["mom", "weight32"],
  preloaded: false,
});
