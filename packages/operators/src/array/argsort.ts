import { isKnown, sizeOf } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  dtype,
  integer,
  type OperatorSpec,
  optional,
} from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  axis: defaulted(optional(integer()), -1, "the axis; None flattens data"),
  is_ascend: defaulted(boolean, true, "whether the least comes first"),
  dtype: defaulted(dtype, "float32", "type of the indices"),
};

export type ArgsortAttributes = AttributesOf<typeof attributes>;

/**
 * Where the elements along an axis come from when they are sorted; no gradient.
 *
 * Shapes: data (any) -> output (as data, or flat; indices).
 */
export const argsort: OperatorSpec<ArgsortAttributes> = defineOperator<ArgsortAttributes>({
  name: "argsort",
  attributes,
  needsHeadGradient: false,
  backwardReads: readsNothing,
  inferType: ({ dtype }) => ({ outputs: [dtype] }),
  inferShape({ axis }, known) {
    const data = known.arguments[0];
    if (data === undefined) return {};
    return { outputs: [axis === null ? [isKnown(data) ? sizeOf(data) : 0] : data] };
  },
});
