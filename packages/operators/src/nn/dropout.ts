import { normalizeAxis } from "@mxgraft/base";
import {
  type AttributesOf,
  type AttributeType,
  boolean,
  defaulted,
  defineOperator,
  type OperatorSpec,
  oneOf,
  optional,
  real,
  tuple,
} from "@mxgraft/operator";

const fraction: AttributeType<number> = {
  expected: "a number between 0 and 1",
  parse(text) {
    const value = real.parse(text);
    return value !== undefined && value >= 0 && value <= 1 ? value : undefined;
  },
};

const attributes = {
  p: defaulted(fraction, 0.5, "fraction of the elements that are dropped"),
  mode: defaulted(oneOf("training", "always"), "training", "when elements are dropped"),
  axes: defaulted(tuple, [], "axes along which all elements share one fate"),
  cudnn_off: defaulted(optional(boolean), false, "not used here"),
};

export type DropoutAttributes = AttributesOf<typeof attributes>;

/**
 * Dropout: elements become 0 with probability p, the others are divided by 1 - p.
 *
 * Shapes:
 *   data    argument  any
 *   output  output    as data
 *   mask    output    as data, 1 along `axes`   hidden: 0 or 1 / (1 - p)
 *
 * In inference nothing is dropped, unless `mode` is "always".
 */
export const dropout: OperatorSpec<DropoutAttributes> = defineOperator({
  name: "Dropout",
  aliases: ["_npx_dropout"],
  attributes,
  outputs: ["output", "mask"],
  visibleOutputs: 1,
  backwardReads: () => ({ arguments: [], outputs: [1] }),
  inferShape({ axes }, known) {
    const data = known.arguments[0];
    if (data === undefined) return {};
    const shared = axes.map((axis) => normalizeAxis(axis, data.length, 'attribute "axes"'));
    return { outputs: [data, data.map((size, axis) => (shared.includes(axis) ? 1 : size))] };
  },
});
