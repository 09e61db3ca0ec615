import { mergeShapes, type Shape } from "@mxgraft/base";
import {
  type AttributesOf,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  type PartialTypes,
  real,
  realTuple,
  required,
} from "@mxgraft/operator";
import { gradientAttributes } from "./update-rule.ts";

const { rescale_grad, clip_gradient } = gradientAttributes;
const count = { num_weights: defaulted(integer({ min: 1 }), 1, "how many parameters") };
const momentum = { momentum: defaulted(real, 0, "share of the last step that is kept") };
const rates = {
  lrs: required(realTuple, "learning rate of each parameter"),
  wds: required(realTuple, "weight decay of each parameter"),
};

/** Attributes of `multi_sgd_update` and `multi_mp_sgd_update`. */
export const multiSgdAttributes = { ...rates, rescale_grad, clip_gradient, ...count };
/** Attributes of `multi_sgd_mom_update` and `multi_mp_sgd_mom_update`. */
export const multiSgdMomAttributes = { ...multiSgdAttributes, ...momentum };
/** Attributes of `preloaded_multi_sgd_update` and `preloaded_multi_mp_sgd_update`. */
export const preloadedSgdAttributes = { rescale_grad, clip_gradient, ...count };
/** Attributes of `preloaded_multi_sgd_mom_update` and `preloaded_multi_mp_sgd_mom_update`. */
export const preloadedSgdMomAttributes = { ...preloadedSgdAttributes, ...momentum };

export type MultiSgdAttributes = AttributesOf<typeof multiSgdAttributes>;
export type MultiSgdMomAttributes = AttributesOf<typeof multiSgdMomAttributes>;
export type PreloadedSgdAttributes = AttributesOf<typeof preloadedSgdAttributes>;
export type PreloadedSgdMomAttributes = AttributesOf<typeof preloadedSgdMomAttributes>;

interface MultiSgdRule<A> {
  readonly name: string;
  readonly attributes: Parameters<typeof defineOperator<A & { readonly num_weights: number }>>[0]["attributes"];
  /** The slots of a parameter, which the rule changes: "mom", "weight32". */
  readonly slots: readonly string[];
  /** Rates and decays are the last two arguments, of shape (num_weights). */
  readonly preloaded: boolean;
}

/**
 * Gradient descent of several parameters at once. For each of them, in this order, the arguments are weight, grad and
 * the slots; all of one shape. The outputs are the new weights.
 *
 *   mom <- momentum * mom - lr * (clip(rescale_grad * grad, clip_gradient) + wd * weight)
 *   output = weight + mom
 *
 * With a slot "weight32" that is the weight, in float32, and the first argument a copy in float16.
 */
export function multiSgdRule<A extends object>(
  rule: MultiSgdRule<A>,
): OperatorSpec<A & { readonly num_weights: number }> {
  type Attributes = A & { readonly num_weights: number };
  const parts = ["weight", "grad", ...rule.slots];
  const places = ({ num_weights }: Attributes) => Array.from({ length: num_weights }, (_, i) => i);
  return defineOperator<Attributes>({
    name: rule.name,
    attributes: rule.attributes,
    arguments: (attributes) => [
      ...places(attributes).flatMap((i) => parts.map((part) => `${part}_${i}`)),
      ...(rule.preloaded ? ["lrs", "wds"] : []),
    ],
    outputs: (attributes) => places(attributes).map((i) => `output${i}`),
    mutates: (attributes) =>
      places(attributes).flatMap((i) => rule.slots.map((_, slot) => i * parts.length + 2 + slot)),
    differentiable: false,
    inferType: (attributes, known): Partial<PartialTypes> => {
      const types = places(attributes).map((i) => known.arguments[i * parts.length] ?? known.outputs[i] ?? "float32");
      const full = rule.slots.includes("weight32");
      return {
        arguments: [
          ...types.flatMap((type) => parts.map((_, part) => (part >= 2 && full ? "float32" : type))),
          ...(rule.preloaded ? (["float32", "float32"] as const) : []),
        ],
        outputs: types,
      };
    },
    inferShape(attributes, known) {
      const shapes = places(attributes).map((i) => {
        const all = [...known.arguments.slice(i * parts.length, (i + 1) * parts.length), known.outputs[i]];
        // A contradiction is left for the caller, who knows the names, to report.
        return all.reduce((found, next) => mergeShapes(found, next) ?? found, undefined);
      });
      const rateShape: Shape = [attributes.num_weights];
      return {
        arguments: [
          ...shapes.flatMap((shape) => parts.map(() => shape)),
          ...(rule.preloaded ? [rateShape, rateShape] : []),
        ],
        outputs: shapes,
      };
    },
  });
}
