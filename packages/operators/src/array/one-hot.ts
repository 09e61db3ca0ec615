import {
  type AttributesOf,
  defaulted,
  defineOperator,
  dtype,
  integer,
  type OperatorSpec,
  real,
  required,
} from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  depth: required(integer({ min: 1 }), "size of the new axis"),
  on_value: defaulted(real, 1, "the value at the index"),
  off_value: defaulted(real, 0, "the value everywhere else"),
  dtype: defaulted(dtype, "float32", "type of the output"),
};

export type OneHotAttributes = AttributesOf<typeof attributes>;

/**
 * A row for each index: on_value at the index, off_value everywhere else; no index out of range is on. No gradient.
 *
 * Shapes: indices (any) -> output (indices' shape, depth).
 */
export const oneHot: OperatorSpec<OneHotAttributes> = defineOperator<OneHotAttributes>({
  name: "one_hot",
  attributes,
  arguments: ["indices"],
  needsHeadGradient: false,
  backwardReads: readsNothing,
  inferType: ({ dtype }) => ({ outputs: [dtype] }),
  inferShape({ depth }, { arguments: [indices], outputs: [output] }) {
    return {
      arguments: [indices ?? output?.slice(0, -1)],
      outputs: [indices ? [...indices, depth] : undefined],
    };
  },
});
