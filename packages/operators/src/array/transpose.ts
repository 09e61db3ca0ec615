import { normalizeAxis, type Shape, ShapeError } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, tuple } from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  axes: defaulted(tuple, [], "axis of data that each axis of the output is; () turns their order round"),
};

export type TransposeAttributes = AttributesOf<typeof attributes>;

/**
 * The axis of data that each axis of the output is.
 *
 * @throws ShapeError  an axis is missing or occurs twice.
 */
export function transposedAxes({ axes: given }: TransposeAttributes, rank: number): number[] {
  if (given.length === 0) return Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
  const axes = given.map((axis) => normalizeAxis(axis, rank, 'attribute "axes"'));
  if (axes.length !== rank || new Set(axes).size !== rank) {
    throw new ShapeError(`attribute "axes" is (${given.join(", ")}), expected each of the ${rank} axes of data once.`, {
      argument: "axes",
      actual: given,
    });
  }
  return axes;
}

/**
 * Puts the axes in another order.
 *
 * Shapes: data (any) -> output (the sizes of data in the order of `axes`).
 */
export const transpose: OperatorSpec<TransposeAttributes> = defineOperator({
  name: "transpose",
  attributes,
  backwardReads: readsNothing,
  inferShape(attributes, { arguments: [data], outputs: [output] }) {
    const rank = data?.length ?? output?.length ?? attributes.axes.length;
    if (rank === 0) return {};
    const axes = transposedAxes(attributes, rank);
    const source: Shape = axes.map((_, axis) => output?.[axes.indexOf(axis)] ?? 0);
    return {
      arguments: [data?.map((size, axis) => size || (source[axis] ?? 0)) ?? (output ? source : undefined)],
      outputs: [data ? axes.map((axis) => data[axis] ?? 0) : undefined],
    };
  },
});
