import { type AttributesOf, defaulted, type OperatorSpec, real } from "@mxgraft/operator";
import { gradientAttributes, updateRule } from "./update-rule.ts";

/** The attributes, also of the rule with a copy in float32. */
export const nagMomUpdateAttributes = {
  ...gradientAttributes,
  momentum: defaulted(real, 0, "share of the last step that is kept"),
};

export type NagMomUpdateAttributes = AttributesOf<typeof nagMomUpdateAttributes>;

/**
 * Nesterov's accelerated gradient.
 *
 *   g = clip(rescale_grad * grad, clip_gradient)
 *   output = weight + momentum * (momentum * mom - lr * (g + wd * weight)) - lr * (g + wd * weight)
 *   mom <- momentum * mom - lr * (g + wd * output)     MXNet takes the new weight here
 *
 * Shapes: weight, grad, mom (any) -> output (as weight), the new weight.
 */
export const nagMomUpdate: OperatorSpec<NagMomUpdateAttributes> = updateRule({
  name: "nag_mom_update",
  attributes: nagMomUpdateAttributes,
  slots: ["mom"],
});
