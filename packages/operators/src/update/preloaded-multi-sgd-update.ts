import type { OperatorSpec } from "@mxgraft/operator";
import { multiSgdRule, type PreloadedSgdAttributes, preloadedSgdAttributes } from "./multi-sgd-rule.ts";

/**
 * Gradient descent of several parameters, with rates and decays in arrays; see `multiSgdRule`.
 *
 * Shapes: for each parameter weight, grad (any); lrs, wds (num_weights) -> its new weight (as it is).
 */
export const preloadedMultiSgdUpdate: OperatorSpec<PreloadedSgdAttributes> = multiSgdRule<PreloadedSgdAttributes>({
  name: "preloaded_multi_sgd_update",
  attributes: preloadedSgdAttributes,
  slots: [],
  preloaded: true,
});
