import { mergeShapes } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, real, required } from "@mxgraft/operator";

const attributes = {
  eta: required(real, "the factor of all rates"),
  eps: required(real, "added to the denominator"),
  rescale_grad: defaulted(real, 1, "gradients are multiplied by it"),
};

export type MultiLarsAttributes = AttributesOf<typeof attributes>;

/**
 * The rates of LARS (You et al., arXiv 1708.03888) for n layers.
 *
 *   output = lrs * eta * w / (rescale_grad * g + wds * w + eps)     w, g the roots of the sums; lrs where one is 0
 *
 * Shapes: lrs, weights_sum_sq, grads_sum_sq, wds (n) -> output (n).
 */
export const multiLars: OperatorSpec<MultiLarsAttributes> = defineOperator<MultiLarsAttributes>({
  name: "multi_lars",
  attributes,
  arguments: ["lrs", "weights_sum_sq", "grads_sum_sq", "wds"],
  differentiable: false,
  inferShape(_, known) {
    const all = [...known.arguments, ...known.outputs];
    const shape = all.reduce((found, next) => mergeShapes(found, next) ?? found, undefined);
    return { arguments: known.arguments.map(() => shape), outputs: [shape] };
  },
});
