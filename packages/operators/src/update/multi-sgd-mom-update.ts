import type { OperatorSpec } from "@mxgraft/operator";
import { type MultiSgdMomAttributes, multiSgdMomAttributes, multiSgdRule } from "./multi-sgd-rule.ts";

/**
 * Gradient descent with momentum of several parameters; see `multiSgdRule`.
 *
 * Shapes: for each parameter weight, grad, mom (any) -> its new weight (as it is).
 */
export const multiSgdMomUpdate: OperatorSpec<MultiSgdMomAttributes> = multiSgdRule<MultiSgdMomAttributes>({
  name: "multi_sgd_mom_update",
  attributes: multiSgdMomAttributes,
  slots: ["mom"],
  preloaded: false,
});
