import { mergeShapes } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, real, required } from "@mxgraft/operator";

/** The attributes, also of the rule with a copy in float32. */
export const lambUpdatePhase2Attributes = {
  lr: required(real, "learning rate of this step"),
  lower_bound: defaulted(real, -1, "r1 is at least this; off below 0"),
  upper_bound: defaulted(real, -1, "r1 is at most this; off below 0"),
};

export type LambUpdatePhase2Attributes = AttributesOf<typeof lambUpdatePhase2Attributes>;

/**
 * The step of LAMB (You et al., 2020) along the direction of phase 1, as long as the weights are large.
 *
 *   output = weight - lr * r1 / r2 * g     lr alone where r1 or r2 is 0
 *
 * Shapes: weight, g (any), r1 = |weight| (1), r2 = |g| (1) -> output (as weight), the new weight.
 */
export const lambUpdatePhase2: OperatorSpec<LambUpdatePhase2Attributes> = defineOperator({
  name: "lamb_update_phase2",
  attributes: lambUpdatePhase2Attributes,
  arguments: ["weight", "g", "r1", "r2"],
  differentiable: false,
  inferShape(_, known) {
    const [weight, g] = known.arguments;
    const shape = [g, known.outputs[0]].reduce((found, next) => mergeShapes(found, next) ?? found, weight);
    return { arguments: [shape, shape, [1], [1]], outputs: [shape] };
  },
});
