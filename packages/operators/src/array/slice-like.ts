import { formatShape, normalizeAxis, ShapeError } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, tuple } from "@mxgraft/operator";
import { linkedTypes } from "./linked-types.ts";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  axes: defaulted(tuple, [], "the axes that are cut; () is all"),
};

export type SliceLikeAttributes = AttributesOf<typeof attributes>;

/**
 * Cuts the ends of axes off so that they have the sizes of another array.
 *
 * Shapes: data (any), shape_like (any) -> output (data's, along `axes` shape_like's).
 *
 * @throws ShapeError  an axis of shape_like is larger than data's.
 */
export const sliceLike: OperatorSpec<SliceLikeAttributes> = defineOperator({
  name: "slice_like",
  attributes,
  arguments: ["data", "shape_like"],
  backwardReads: readsNothing,
  inferType: (_, known) => linkedTypes(known, [0]),
  inferShape({ axes: given }, { arguments: [data, like] }) {
    if (!data || !like) return {};
    const axes =
      given.length > 0 ? given.map((axis) => normalizeAxis(axis, data.length, 'attribute "axes"')) : [...data.keys()];
    const output = data.map((size, axis) => (axes.includes(axis) ? (like[axis] ?? -1) : size));
    if (output.some((size, axis) => size < 0 || ((data[axis] ?? 0) > 0 && size > (data[axis] ?? 0)))) {
      throw new ShapeError(
        `argument "shape_like" has shape ${formatShape(like)}, expected sizes within those of "data" ${formatShape(data)}.`,
        { argument: "shape_like", actual: like, expected: data },
      );
    }
    return { outputs: [output] };
  },
});
