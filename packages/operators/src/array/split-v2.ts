import { formatShape, normalizeAxis, ShapeError } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  tuple,
} from "@mxgraft/operator";
import { numberedOutputs } from "./numbered-outputs.ts";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  indices: defaulted(tuple, [], "where each part begins"),
  axis: defaulted(integer(), 1, "the axis that is cut"),
  squeeze_axis: defaulted(boolean, false, "whether parts of size 1 lose the axis"),
  sections: defaulted(integer({ min: 0 }), 0, "how many equal parts; 0: the parts that indices say"),
};

export type SplitV2Attributes = AttributesOf<typeof attributes>;

/** The elements from which the parts of an axis start, with its size as the end of the last one. */
export function splitBounds({ indices, sections }: SplitV2Attributes, size: number): number[] {
  if (sections === 0) return [...indices, size];
  return Array.from({ length: sections + 1 }, (_, i) => (i * size) / sections);
}

/**
 * Cuts an array along one axis, into equal parts or at given elements.
 *
 * Shapes: data (..., n, ...) -> output0, output1, ... (..., size of the part, ...); without the axis when squeezed.
 *
 * @throws ShapeError  a part would be empty or have a fractional size.
 */
export const splitV2: OperatorSpec<SplitV2Attributes> = defineOperator({
  name: "_split_v2",
  aliases: ["split_v2"],
  attributes,
  outputs({ sections, indices }) {
    const count = sections > 0 ? sections : indices.length;
    return count === 1 ? ["output"] : numberedOutputs(count);
  },
  backwardReads: readsNothing,
  inferShape(attributes, known) {
    const data = known.arguments[0];
    if (data === undefined) return {};
    const axis = normalizeAxis(attributes.axis, data.length, 'attribute "axis"');
    const whole = data[axis] ?? 0;
    const bounds = splitBounds(attributes, whole);
    const outputs = known.outputs.map((_, i) => {
      const size = whole > 0 ? (bounds[i + 1] ?? 0) - (bounds[i] ?? 0) : 0;
      const fits = whole === 0 || (Number.isInteger(size) && size > 0);
      if (!fits || (attributes.squeeze_axis && size > 1)) {
        throw new ShapeError(
          `argument "data" has shape ${formatShape(data)}; part ${i} of axis ${axis} would have ${size} elements.`,
          { argument: "data", actual: data },
        );
      }
      return attributes.squeeze_axis ? data.toSpliced(axis, 1) : data.with(axis, size);
    });
    return { outputs };
  },
});
