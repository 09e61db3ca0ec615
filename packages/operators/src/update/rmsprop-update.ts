import { type AttributesOf, defaulted, type OperatorSpec, real } from "@mxgraft/operator";
import { gradientAttributes, updateRule } from "./update-rule.ts";

const attributes = {
  ...gradientAttributes,
  gamma1: defaulted(real, 0.95, "share of the mean square that is kept"),
  epsilon: defaulted(real, 1e-8, "added below the root"),
  clip_weights: defaulted(real, -1, "new weights are cut to -clip..clip; off below 0"),
};

export type RmspropUpdateAttributes = AttributesOf<typeof attributes>;

/**
 * RMSProp after Tieleman and Hinton.
 *
 *   g = clip(rescale_grad * grad + wd * weight, clip_gradient)
 *   n <- gamma1 * n + (1 - gamma1) * g^2
 *   output = clip(weight - lr * g / sqrt(n + epsilon), clip_weights)
 *
 * Shapes: weight, grad, n (any) -> output (as weight), the new weight.
 */
export const rmspropUpdate: OperatorSpec<RmspropUpdateAttributes> = updateRule({
  name: "rmsprop_update",
  attributes,
  slots: ["n"],
});
