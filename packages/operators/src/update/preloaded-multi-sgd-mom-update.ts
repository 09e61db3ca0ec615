import type { OperatorSpec } from "@mxgraft/operator";
import { multiSgdRule, type PreloadedSgdMomAttributes, preloadedSgdMomAttributes } from "./multi-sgd-rule.ts";

/**
 * Gradient descent with momentum of several parameters, with rates and decays in arrays; see `multiSgdRule`.
 *
 * Shapes: for each parameter weight, grad, mom (any); lrs, wds (num_weights) -> its new weight (as it is).
 */
export const preloadedMultiSgdMomUpdate: OperatorSpec<PreloadedSgdMomAttributes> =
  multiSgdRule<PreloadedSgdMomAttributes>({
    name: "preloaded_multi_sgd_mom_update",
    attributes: preloadedSgdMomAttributes,
    slots: ["mom"],
    preloaded: true,
  });
