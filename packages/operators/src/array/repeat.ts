import { isKnown, normalizeAxis, sizeOf } from "@mxgraft/base";
import {
  type AttributesOf,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  optional,
  required,
} from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  repeats: required(integer({ min: 1 }), "how often each element occurs"),
  axis: defaulted(optional(integer()), null, "the axis; without one data is flattened"),
};

export type RepeatAttributes = AttributesOf<typeof attributes>;

/**
 * Repeats each element along an axis, `numpy.repeat`.
 *
 * Shapes: data (..., n, ...) -> output (..., n * repeats, ...); without axis (all elements * repeats).
 */
export const repeat: OperatorSpec<RepeatAttributes> = defineOperator<RepeatAttributes>({
  name: "repeat",
  attributes,
  backwardReads: readsNothing,
  inferShape({ repeats, axis: given }, known) {
    const data = known.arguments[0];
    if (data === undefined) return {};
    if (given === null) return { outputs: [[isKnown(data) ? sizeOf(data) * repeats : 0]] };
    const axis = normalizeAxis(given, data.length, 'attribute "axis"');
    return { outputs: [data.with(axis, (data[axis] ?? 0) * repeats)] };
  },
});
