import { isKnown, sizeOf } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  optional,
} from "@mxgraft/operator";

const attributes = {
  axis: defaulted(optional(integer()), -1, "the axis; None flattens data"),
  is_ascend: defaulted(boolean, true, "whether the least comes first"),
};

export type SortAttributes = AttributesOf<typeof attributes>;

/**
 * The elements along an axis in order.
 *
 * Shapes:
 *   data     argument  any
 *   output0  output    as data, or flat
 *   indices  output    as output0, where each came from   hidden: for the gradient
 */
export const sort: OperatorSpec<SortAttributes> = defineOperator<SortAttributes>({
  name: "sort",
  attributes,
  outputs: ["output0", "indices"],
  visibleOutputs: 1,
  backwardReads: () => ({ arguments: [], outputs: [1] }),
  inferType: (_, { arguments: [data], outputs: [output] }) => ({
    arguments: [data ?? output],
    outputs: [data ?? output, "int32"],
  }),
  inferShape({ axis }, known) {
    const data = known.arguments[0];
    if (data === undefined) return {};
    const output = axis === null ? [isKnown(data) ? sizeOf(data) : 0] : data;
    return { outputs: [output, output] };
  },
});
