import { type AttributesOf, defaulted, type OperatorSpec, real, required } from "@mxgraft/operator";
import { mixedUpdateRule } from "./mixed-update-rule.ts";

/** The attributes, also of the rule with a copy in float32. */
export const adamwUpdateAttributes = {
  lr: required(real, "learning rate of this step"),
  beta1: defaulted(real, 0.9, "share of the mean that is kept"),
  beta2: defaulted(real, 0.999, "share of the mean square that is kept"),
  epsilon: defaulted(real, 1e-8, "added to the root"),
  wd: defaulted(real, 0, "weight decay, apart from the gradient"),
  eta: required(real, "factor of the whole step"),
  clip_gradient: defaulted(real, -1, "elements are cut to -clip..clip; off below 0"),
};

export type AdamwUpdateAttributes = AttributesOf<typeof adamwUpdateAttributes>;

/**
 * Adam with weight decay of its own (Loshchilov and Hutter, arXiv 1711.05101). Nothing changes when `rescale_grad` is 0
 * or not finite, as after an overflow in mixed precision.
 *
 *   g = clip(rescale_grad * grad, clip_gradient)
 *   mean <- beta1 * mean + (1 - beta1) * g
 *   var  <- beta2 * var + (1 - beta2) * g^2
 *   output = weight - eta * (lr * mean / (sqrt(var) + epsilon) + wd * weight)
 *
 * Shapes: weight, grad, mean, var (any), rescale_grad (1) -> output (as weight), the new weight.
 */
export const adamwUpdate: OperatorSpec<AdamwUpdateAttributes> = mixedUpdateRule({
  name: "_adamw_update",
  attributes: adamwUpdateAttributes,
  arguments: ["weight", "grad", "mean", "var", "rescale_grad"],
  full: ["rescale_grad"],
  scalars: ["rescale_grad"],
  changes: ["mean", "var"],
});
