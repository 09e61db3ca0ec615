import { mergeShapes } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, real } from "@mxgraft/operator";
import { gradientAttributes } from "./update-rule.ts";

const { lr, rescale_grad, clip_gradient } = gradientAttributes;

const attributes = {
  lr,
  rescale_grad,
  clip_gradient,
  epsilon: defaulted(real, 1e-5, "added to the history under the root"),
};

export type GroupAdagradUpdateAttributes = AttributesOf<typeof attributes>;

/**
 * AdaGrad with one rate for each row.
 *
 *   g = clip(rescale_grad * grad, clip_gradient)
 *   history <- history + mean of g^2 over the row
 *   output = weight - lr * g / sqrt(history + epsilon)
 *
 * Shapes: weight, grad (N, D), history (N, 1) -> output (N, D), the new weight.
 */
export const groupAdagradUpdate: OperatorSpec<GroupAdagradUpdateAttributes> =
  defineOperator<GroupAdagradUpdateAttributes>({
    name: "_contrib_group_adagrad_update",
    attributes,
    arguments: ["weight", "grad", "history"],
    mutates: [2],
    differentiable: false,
    inferShape(_, { arguments: [weight, grad], outputs: [output] }) {
      const shape = [grad, output].reduce((found, next) => mergeShapes(found, next) ?? found, weight);
      return { arguments: [shape, shape, shape && [shape[0] ?? 0, 1]], outputs: [shape] };
    },
  });
