import { type AttributesOf, defaulted, type OperatorSpec, real } from "@mxgraft/operator";
import { gradientAttributes, updateRule } from "./update-rule.ts";

const attributes = {
  ...gradientAttributes,
  lamda1: defaulted(real, 0.01, "weight of the L1 norm"),
  beta: defaulted(real, 1, "added to the root"),
};

export type FtrlUpdateAttributes = AttributesOf<typeof attributes>;

/**
 * Follow the regularized leader (McMahan et al., 2013).
 *
 *   g = clip(rescale_grad * grad, clip_gradient)
 *   z <- z + g - (sqrt(n + g^2) - sqrt(n)) * weight / lr
 *   n <- n + g^2
 *   output = (sign(z) * lamda1 - z) / ((beta + sqrt(n)) / lr + wd) where |z| > lamda1, else 0
 *
 * Shapes: weight, grad, z, n (any) -> output (as weight), the new weight.
 */
export const ftrlUpdate: OperatorSpec<FtrlUpdateAttributes> = updateRule({
  name: "ftrl_update",
  attributes,
  slots: ["z", "n"],
});
