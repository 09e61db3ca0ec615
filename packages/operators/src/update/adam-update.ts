import { type AttributesOf, boolean, defaulted, type OperatorSpec, real } from "@mxgraft/operator";
import { gradientAttributes, updateRule } from "./update-rule.ts";

const attributes = {
  ...gradientAttributes,
  beta1: defaulted(real, 0.9, "share of the mean that is kept"),
  beta2: defaulted(real, 0.999, "share of the mean square that is kept"),
  epsilon: defaulted(real, 1e-8, "added to the root"),
  lazy_update: defaulted(boolean, true, "of sparse gradients only; arrays are dense here"),
};

export type AdamUpdateAttributes = AttributesOf<typeof attributes>;

/**
 * Adam. The correction of the first steps, sqrt(1 - beta2^t) / (1 - beta1^t), is in the `lr` that the optimizer gives.
 *
 *   g = clip(rescale_grad * grad + wd * weight, clip_gradient)
 *   mean <- beta1 * mean + (1 - beta1) * g
 *   var  <- beta2 * var + (1 - beta2) * g^2
 *   output = weight - lr * mean / (sqrt(var) + epsilon)
 *
 * Shapes: weight, grad, mean, var (any) -> output (as weight), the new weight.
 */
export const adamUpdate: OperatorSpec<AdamUpdateAttributes> = updateRule({
  name: "adam_update",
  attributes,
  slots: ["mean", "var"],
});
