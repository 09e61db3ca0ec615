import { type AttributesOf, boolean, defaulted, integer, type OperatorSpec, real, required } from "@mxgraft/operator";
import { gradientAttributes, updateRule } from "./update-rule.ts";

// The rate comes in phase 2.
const { lr: _, wd, rescale_grad, clip_gradient } = gradientAttributes;

/** The attributes, also of the rule with a copy in float32. */
export const lambUpdatePhase1Attributes = {
  wd,
  rescale_grad,
  clip_gradient,
  beta1: defaulted(real, 0.9, "share of the mean that is kept"),
  beta2: defaulted(real, 0.999, "share of the mean square that is kept"),
  epsilon: defaulted(real, 1e-6, "added to the root"),
  t: required(integer({ min: 1 }), "number of this update, from 1"),
  bias_correction: defaulted(boolean, true, "divide the means by 1 - beta^t"),
};

export type LambUpdatePhase1Attributes = AttributesOf<typeof lambUpdatePhase1Attributes>;

/**
 * The direction of LAMB (You et al., 2020), before its length is known; phase 2 makes the step.
 *
 *   g = clip(rescale_grad * grad, clip_gradient)
 *   mean <- beta1 * mean + (1 - beta1) * g
 *   var  <- beta2 * var + (1 - beta2) * g^2
 *   output = mean' / (sqrt(var') + epsilon) + wd * weight     mean' = mean / (1 - beta1^t), var' = var / (1 - beta2^t)
 *                                                             with bias_correction, else mean and var
 *
 * Shapes: weight, grad, mean, var (any) -> output (as weight), the direction.
 */
export const lambUpdatePhase1: OperatorSpec<LambUpdatePhase1Attributes> = updateRule({
  name: "lamb_update_phase1",
  attributes: lambUpdatePhase1Attributes,
  slots: ["mean", "var"],
});
