import { type AttributesOf, defaulted, type OperatorSpec, real } from "@mxgraft/operator";
import { gradientAttributes, updateRule } from "./update-rule.ts";

const attributes = {
  ...gradientAttributes,
  momentum: defaulted(real, 0, "share of the last step that is kept"),
  wd_lh: defaulted(real, 0, "decay of the weight itself, apart from the gradient"),
};

export type SignumUpdateAttributes = AttributesOf<typeof attributes>;

/**
 * SignSGD with momentum.
 *
 *   g = clip(rescale_grad * grad, clip_gradient) + wd * weight
 *   mom <- momentum * mom - (1 - momentum) * g
 *   output = (1 - lr * wd_lh) * weight + lr * sign(mom)
 *
 * Shapes: weight, grad, mom (any) -> output (as weight), the new weight.
 */
export const signumUpdate: OperatorSpec<SignumUpdateAttributes> = updateRule({
  name: "signum_update",
  attributes,
  slots: ["mom"],
});
