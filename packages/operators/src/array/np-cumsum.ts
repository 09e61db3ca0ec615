import { isKnown, normalizeAxis, sizeOf } from "@mxgraft/base";
import {
  type AttributesOf,
  defaulted,
  defineOperator,
  dtype,
  integer,
  type OperatorSpec,
  optional,
} from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  axis: defaulted(optional(integer()), null, "the axis; without one data is flattened"),
  dtype: defaulted(optional(dtype), null, "type of the output; data's when not given"),
};

export type CumsumAttributes = AttributesOf<typeof attributes>;

/**
 * The sums of the elements up to each along an axis.
 *
 * Shapes: a (any) -> output (as a, or flat).
 */
export const npCumsum: OperatorSpec<CumsumAttributes> = defineOperator<CumsumAttributes>({
  name: "_np_cumsum",
  aliases: ["cumsum"],
  attributes,
  arguments: ["a"],
  backwardReads: readsNothing,
  inferType: ({ dtype }, { arguments: [a], outputs: [output] }) => ({
    arguments: [a ?? (dtype === null ? output : undefined)],
    outputs: [dtype ?? a ?? output],
  }),
  inferShape({ axis }, known) {
    const a = known.arguments[0];
    if (a === undefined) return {};
    if (axis === null) return { outputs: [[isKnown(a) ? sizeOf(a) : 0]] };
    normalizeAxis(axis, a.length, 'attribute "axis"');
    return { outputs: [a] };
  },
});
