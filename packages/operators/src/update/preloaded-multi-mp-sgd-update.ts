import type { OperatorSpec } from "@mxgraft/operator";
import { multiSgdRule, type PreloadedSgdAttributes, preloadedSgdAttributes } from "./multi-sgd-rule.ts";

/**
 * Gradient descent of several parameters kept in float16 and in float32, with rates and decays in arrays; see `multiSgdRule`.
 *
 * Shapes: for each parameter weight, grad, weight32 (any); lrs, wds (num_weights) -> its new weight (as it is).
 */
export const preloadedMultiMpSgdUpdate: OperatorSpec<PreloadedSgdAttributes> = multiSgdRule<PreloadedSgdAttributes>({
  name: "preloaded_multi_mp_sgd_update",
  attributes: preloadedSgdAttributes,
  slots: ["weight32"],
  preloaded: true,
});
