import { type AttributesOf, defaulted, integer, type OperatorSpec, real, required } from "@mxgraft/operator";
import { gradientAttributes, updateRule } from "./update-rule.ts";

const { clip_gradient, ...others } = gradientAttributes;

const attributes = {
  ...others,
  // MXNet named it apart from all other rules.
  clip_grad: clip_gradient,
  beta1: defaulted(real, 0.6, "share of the mean that is kept"),
  beta2: defaulted(real, 0.999, "share of the mean square that is kept"),
  epsilon: defaulted(real, 1e-8, "added to the root"),
  t: required(integer({ min: 1 }), "number of this update, from 1"),
};

export type FtmlUpdateAttributes = AttributesOf<typeof attributes>;

/**
 * Follow the moving leader (Zheng and Kwok, 2017).
 *
 *   g = clip(rescale_grad * grad + wd * weight, clip_grad)
 *   v <- beta2 * v + (1 - beta2) * g^2
 *   d' = (1 - beta1^t) / lr * (sqrt(v / (1 - beta2^t)) + epsilon)
 *   z <- beta1 * z + (1 - beta1) * g - (d' - beta1 * d) * weight
 *   d <- d'
 *   output = -z / d
 *
 * Shapes: weight, grad, d, v, z (any) -> output (as weight), the new weight.
 */
export const ftmlUpdate: OperatorSpec<FtmlUpdateAttributes> = updateRule({
  name: "ftml_update",
  attributes,
  slots: ["d", "v", "z"],
});
