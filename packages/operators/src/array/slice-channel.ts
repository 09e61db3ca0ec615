import { formatShape, normalizeAxis, type Shape, ShapeError } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  required,
} from "@mxgraft/operator";
import { numberedOutputs } from "./numbered-outputs.ts";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  num_outputs: required(integer({ min: 1 }), "how many parts"),
  axis: defaulted(integer(), 1, "the axis that is cut"),
  squeeze_axis: defaulted(boolean, false, "whether parts of size 1 lose the axis"),
};

export type SliceChannelAttributes = AttributesOf<typeof attributes>;

/**
 * Cuts an array into equal parts along one axis.
 *
 * Shapes: data (..., n, ...) -> output0, output1, ... (..., n / num_outputs, ...); the axis goes with `squeeze_axis`.
 *
 * @throws ShapeError  the axis has a size that num_outputs does not divide.
 */
export const sliceChannel: OperatorSpec<SliceChannelAttributes> = defineOperator({
  name: "SliceChannel",
  aliases: ["split"],
  attributes,
  outputs: ({ num_outputs }) => (num_outputs === 1 ? ["output"] : numberedOutputs(num_outputs)),
  backwardReads: readsNothing,
  inferShape({ num_outputs, axis: given, squeeze_axis }, known) {
    const part = known.outputs.find((shape) => shape !== undefined);
    const data = known.arguments[0] ?? wholeOf(part, given, num_outputs, squeeze_axis);
    if (data === undefined) return {};
    const axis = normalizeAxis(given, data.length, 'attribute "axis"');
    const size = (data[axis] ?? 0) / num_outputs;
    if (!Number.isInteger(size) || (squeeze_axis && size > 1)) {
      const expected = squeeze_axis ? `${num_outputs}` : `a multiple of ${num_outputs}`;
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}, expected ${expected} elements along axis ${axis}.`,
        { argument: "data", actual: data, expected: num_outputs },
      );
    }
    const output = squeeze_axis ? data.toSpliced(axis, 1) : data.with(axis, size);
    return { arguments: [data], outputs: known.outputs.map(() => output) };
  },
});

/** The shape of the data whose parts have a shape. */
function wholeOf(part: Shape | undefined, given: number, count: number, squeezed: boolean): Shape | undefined {
  if (part === undefined) return undefined;
  const axis = normalizeAxis(given, part.length + (squeezed ? 1 : 0), 'attribute "axis"');
  return squeezed ? part.toSpliced(axis, 0, count) : part.with(axis, (part[axis] ?? 0) * count);
}
