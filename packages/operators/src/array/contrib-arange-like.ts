import { normalizeAxis } from "@mxgraft/base";
import {
  type AttributesOf,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  optional,
  real,
  text,
} from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  start: defaulted(real, 0, "the first number"),
  step: defaulted(real, 1, "their distance"),
  repeat: defaulted(integer({ min: 1 }), 1, "how often each occurs"),
  ctx: defaulted(text, "", "not used here: arrays live on the backend"),
  axis: defaulted(optional(integer()), null, "the axis whose elements are counted; without one all are"),
};

export type ArangeLikeAttributes = AttributesOf<typeof attributes>;

/**
 * Evenly spaced numbers, as many as there are elements in an array or along one of its axes; no gradient.
 *
 * Shapes: data (any) -> output (as data, or the size of the axis).
 */
export const contribArangeLike: OperatorSpec<ArangeLikeAttributes> = defineOperator<ArangeLikeAttributes>({
  name: "_contrib_arange_like",
  attributes,
  needsHeadGradient: false,
  backwardReads: readsNothing,
  inferShape({ axis }, known) {
    const data = known.arguments[0];
    if (data === undefined) return {};
    return { outputs: [axis === null ? data : [data[normalizeAxis(axis, data.length, 'attribute "axis"')] ?? 0]] };
  },
});
