import type { OperatorSpec } from "@mxgraft/operator";
import { multiSgdRule, type PreloadedSgdMomAttributes, preloadedSgdMomAttributes } from "./multi-sgd-rule.ts";

/**
 * Gradient descent with momentum of several parameters kept in float16 and in float32, with rates and decays in arrays; see `multiSgdRule`.
 *
 * Shapes: for each parameter weight, grad, mom, weight32 (any); lrs, wds (num_weights) -> its new weight (as it is).
 */
export const preloadedMultiMpSgdMomUpdate: OperatorSpec<PreloadedSgdMomAttributes> =
  multiSgdRule<PreloadedSgdMomAttributes>({
    name: "preloaded_multi_mp_sgd_mom_update",
    attributes: preloadedSgdMomAttributes,
    slots: ["mom", "weight32"],
    preloaded: true,
  });
