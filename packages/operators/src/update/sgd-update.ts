import { type AttributesOf, boolean, defaulted, type OperatorSpec } from "@mxgraft/operator";
import { gradientAttributes, updateRule } from "./update-rule.ts";

/** The attributes, also of the rule with a copy in float32. */
export const sgdUpdateAttributes = {
  ...gradientAttributes,
  lazy_update: defaulted(boolean, true, "of sparse gradients only; arrays are dense here"),
};

export type SgdUpdateAttributes = AttributesOf<typeof sgdUpdateAttributes>;

/**
 * A step down the gradient.
 *
 *   g = clip(rescale_grad * grad, clip_gradient) + wd * weight
 *   output = weight - lr * g
 *
 * Shapes: weight, grad (any) -> output (as weight), the new weight.
 */
export const sgdUpdate: OperatorSpec<SgdUpdateAttributes> = updateRule({
  name: "sgd_update",
  attributes: sgdUpdateAttributes,
});
