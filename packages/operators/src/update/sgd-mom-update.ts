import { type AttributesOf, boolean, defaulted, type OperatorSpec, real } from "@mxgraft/operator";
import { gradientAttributes, updateRule } from "./update-rule.ts";

/** The attributes, also of the rule with a copy in float32. */
export const sgdMomUpdateAttributes = {
  ...gradientAttributes,
  momentum: defaulted(real, 0, "share of the last step that is kept"),
  lazy_update: defaulted(boolean, true, "of sparse gradients only; arrays are dense here"),
};

export type SgdMomUpdateAttributes = AttributesOf<typeof sgdMomUpdateAttributes>;

/**
 * A step down the gradient with momentum.
 *
 *   g = clip(rescale_grad * grad, clip_gradient) + wd * weight
 *   mom <- momentum * mom - lr * g
 *   output = weight + mom
 *
 * Shapes: weight, grad, mom (any) -> output (as weight), the new weight.
 */
export const sgdMomUpdate: OperatorSpec<SgdMomUpdateAttributes> = updateRule({
  name: "sgd_mom_update",
  attributes: sgdMomUpdateAttributes,
  slots: ["mom"],
});
