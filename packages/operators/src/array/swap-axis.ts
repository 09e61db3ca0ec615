import { normalizeAxis } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, integer, type OperatorSpec } from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  dim1: defaulted(integer(), 0, "an axis"),
  dim2: defaulted(integer(), 0, "the axis it changes places with"),
};

export type SwapAxisAttributes = AttributesOf<typeof attributes>;

/** The axis of data that each axis of the output is. */
export function swappedAxes({ dim1, dim2 }: SwapAxisAttributes, rank: number): number[] {
  const first = normalizeAxis(dim1, rank, 'attribute "dim1"');
  const second = normalizeAxis(dim2, rank, 'attribute "dim2"');
  return Array.from({ length: rank }, (_, axis) => axis)
    .with(first, second)
    .with(second, first);
}

/**
 * Lets two axes change places.
 *
 * Shapes: data (any) -> output (the sizes of dim1 and dim2 changed).
 */
export const swapAxis: OperatorSpec<SwapAxisAttributes> = defineOperator({
  name: "SwapAxis",
  aliases: ["swapaxes"],
  attributes,
  backwardReads: readsNothing,
  inferShape(attributes, { arguments: [data], outputs: [output] }) {
    const rank = data?.length ?? output?.length;
    if (rank === undefined) return {};
    const axes = swappedAxes(attributes, rank);
    return {
      arguments: [output?.length === rank ? axes.map((axis) => output[axis] ?? 0) : undefined],
      outputs: [data ? axes.map((axis) => data[axis] ?? 0) : undefined],
    };
  },
});
