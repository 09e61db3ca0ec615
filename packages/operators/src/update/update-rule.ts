import { mergeShapes } from "@mxgraft/base";
import { type AttributeSchema, defaulted, defineOperator, type OperatorSpec, real, required } from "@mxgraft/operator";

/** How every rule treats the gradient before it uses it. */
export const gradientAttributes = {
  lr: required(real, "learning rate of this step"),
  wd: defaulted(real, 0, "weight decay: this share of the weight is added to the gradient"),
  rescale_grad: defaulted(real, 1, "the gradient is multiplied by it"),
  clip_gradient: defaulted(real, -1, "elements are cut to -clip..clip; off below 0"),
};

interface UpdateRule<A extends object> {
  readonly name: string;
  readonly attributes: AttributeSchema<A>;
  readonly arguments?: readonly string[];
  /** Names of the states of the optimizer, the last arguments, which the rule changes. */
  readonly slots?: readonly string[];
}

/**
 * A rule that gives a parameter its next value: arguments weight, grad and the slots, all of one shape; the output is
 * the new weight, and the slots are changed. Nothing flows back through it.
 */
export function updateRule<A extends object>(rule: UpdateRule<A>): OperatorSpec<A> {
  const { slots = [] } = rule;
  const names = [...(rule.arguments ?? ["weight", "grad"]), ...slots];
  return defineOperator<A>({
    name: rule.name,
    attributes: rule.attributes,
    arguments: names,
    mutates: slots.map((_, i) => names.length - slots.length + i),
    differentiable: false,
    inferShape(_, known) {
      const all = [...known.arguments, ...known.outputs];
      // A contradiction is left for the caller, who knows the names, to report.
      const shape = all.reduce((found, next) => mergeShapes(found, next) ?? found, undefined);
      return { arguments: names.map(() => shape), outputs: [shape] };
    },
  });
}
