import { type AttributesOf, defaulted, type OperatorSpec, real } from "@mxgraft/operator";
import { gradientAttributes, updateRule } from "./update-rule.ts";

const attributes = {
  ...gradientAttributes,
  momentum: defaulted(real, 0, "share of the last step that is kept"),
};

export type NagMomUpdateAttributes = AttributesOf<typeof attributes>;

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
  attributes,
  slots: ["mom"],
});
