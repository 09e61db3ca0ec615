import type { AttributesOf, OperatorSpec } from "@mxgraft/operator";
import { gradientAttributes, updateRule } from "./update-rule.ts";

const attributes = {
  ...gradientAttributes,
};

export type SignsgdUpdateAttributes = AttributesOf<typeof attributes>;

/**
 * A step of one length down the sign of the gradient. `rescale_grad` and `clip_gradient` change no sign.
 *
 *   output = (1 - lr * wd) * weight - lr * sign(grad)
 *
 * Shapes: weight, grad (any) -> output (as weight), the new weight.
 */
export const signsgdUpdate: OperatorSpec<SignsgdUpdateAttributes> = updateRule({
  name: "signsgd_update",
  attributes,
});
