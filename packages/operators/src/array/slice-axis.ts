import { formatShape, normalizeAxis, type Shape, ShapeError } from "@mxgraft/base";
import { type AttributesOf, defineOperator, integer, type OperatorSpec, optional, required } from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  axis: required(integer(), "the axis"),
  begin: required(integer(), "first element; a negative one counts from the end"),
  end: required(optional(integer()), "the element before which it ends; None: the end of the axis"),
};

export type SliceAxisAttributes = AttributesOf<typeof attributes>;

/** First element and end of the part that is taken of an axis of a size. */
export function sliceAxisBounds({ begin, end }: SliceAxisAttributes, size: number): readonly [number, number] {
  const fromStart = (bound: number) => (bound < 0 ? bound + size : bound);
  return [fromStart(begin), end === null ? size : fromStart(end)];
}

/**
 * Takes a part of one axis.
 *
 * Shapes: data (..., n, ...) -> output (..., end - begin, ...).
 *
 * @throws ShapeError  the bounds lie outside the axis, or nothing lies between them.
 */
export const sliceAxis: OperatorSpec<SliceAxisAttributes> = defineOperator<SliceAxisAttributes>({
  name: "slice_axis",
  attributes,
  backwardReads: readsNothing,
  inferShape(attributes, known) {
    const data: Shape | undefined = known.arguments[0];
    if (data === undefined) return {};
    const axis = normalizeAxis(attributes.axis, data.length, 'attribute "axis"');
    const size = data[axis] ?? 0;
    if (size === 0) return { outputs: [data] };
    const [begin, end] = sliceAxisBounds(attributes, size);
    if (begin < 0 || end > size || begin >= end) {
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}; the part ${begin}..${end} of axis ${axis} is not within it.`,
        { argument: "data", actual: data },
      );
    }
    return { outputs: [data.with(axis, end - begin)] };
  },
});
