import { type AttributesOf, defaulted, type OperatorSpec, real } from "@mxgraft/operator";
import { gradientAttributes, updateRule } from "./update-rule.ts";

const attributes = {
  ...gradientAttributes,
  gamma1: defaulted(real, 0.95, "share of the mean square that is kept"),
  gamma2: defaulted(real, 0.9, "share of the last step that is kept"),
  epsilon: defaulted(real, 1e-8, "added below the root"),
  clip_weights: defaulted(real, -1, "new weights are cut to -clip..clip; off below 0"),
};

export type RmspropalexUpdateAttributes = AttributesOf<typeof attributes>;

/**
 * RMSProp after Graves, 2013, equations 38-45: centered, with momentum.
 *
 *   r = clip(rescale_grad * grad + wd * weight, clip_gradient)
 *   n <- gamma1 * n + (1 - gamma1) * r^2
 *   g <- gamma1 * g + (1 - gamma1) * r
 *   delta <- gamma2 * delta - lr * r / sqrt(n - g^2 + epsilon)
 *   output = clip(weight + delta, clip_weights)
 *
 * Shapes: weight, grad, n, g, delta (any) -> output (as weight), the new weight.
 */
export const rmspropalexUpdate: OperatorSpec<RmspropalexUpdateAttributes> = updateRule({
  name: "rmspropalex_update",
  attributes,
  slots: ["n", "g", "delta"],
});
