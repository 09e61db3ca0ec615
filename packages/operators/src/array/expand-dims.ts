import { normalizeAxis } from "@mxgraft/base";
import { type AttributesOf, defineOperator, integer, type OperatorSpec, required } from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  axis: required(integer(), "where the new axis lies in the output"),
};

export type ExpandDimsAttributes = AttributesOf<typeof attributes>;

/**
 * Adds an axis of size 1.
 *
 * Shapes: data (any) -> output (with a 1 more).
 */
export const expandDims: OperatorSpec<ExpandDimsAttributes> = defineOperator({
  name: "expand_dims",
  attributes,
  backwardReads: readsNothing,
  inferShape({ axis: given }, { arguments: [data], outputs: [output] }) {
    const rank = data ? data.length + 1 : output?.length;
    if (rank === undefined) return {};
    const axis = normalizeAxis(given, rank, 'attribute "axis"');
    return {
      arguments: [output?.length === rank ? output.toSpliced(axis, 1) : data],
      outputs: [data?.toSpliced(axis, 0, 1)],
    };
  },
});
