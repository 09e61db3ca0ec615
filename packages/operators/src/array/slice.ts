import { formatShape, type Shape, ShapeError } from "@mxgraft/base";
import {
  type AttributesOf,
  defaulted,
  defineOperator,
  type OperatorSpec,
  optionalTuple,
  required,
} from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  begin: required(optionalTuple, "first element along each axis; negative ones count from the end"),
  end: required(optionalTuple, "the element before which each axis ends"),
  step: defaulted(optionalTuple, [], "distance of the elements that are taken; negative ones go backwards"),
};

export type SliceAttributes = AttributesOf<typeof attributes>;

/** The elements of one axis that a slice takes: begin, begin + step, ... */
export interface AxisSlice {
  readonly begin: number;
  readonly step: number;
  readonly count: number;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** The elements that a slice takes along an axis of a size; as in Python. */
export function axisSlice({ begin, end, step }: SliceAttributes, axis: number, size: number): AxisSlice {
  const by = step[axis] ?? 1;
  const [low, high] = by > 0 ? [0, size] : [-1, size - 1];
  const position = (given: number | null | undefined, otherwise: number) =>
    given === null || given === undefined ? otherwise : clamp(given < 0 ? given + size : given, low, high);
  const first = position(begin[axis], by > 0 ? low : high);
  const last = position(end[axis], by > 0 ? high : low);
  return { begin: first, step: by, count: Math.max(0, Math.ceil((last - first) / by)) };
}

/**
 * Takes a part of each axis, `data[begin:end:step]`.
 *
 * Shapes: data (any) -> output (as many axes).
 *
 * @throws ShapeError  there are more bounds than axes, or nothing is left of an axis.
 */
export const slice: OperatorSpec<SliceAttributes> = defineOperator<SliceAttributes>({
  name: "slice",
  aliases: ["crop"],
  attributes,
  backwardReads: readsNothing,
  inferShape(attributes, known) {
    const data: Shape | undefined = known.arguments[0];
    if (data === undefined) return {};
    const { begin } = attributes;
    if (begin.length > data.length || attributes.step.includes(0)) {
      throw new ShapeError(
        `attribute "begin" has ${begin.length} bounds, expected at most ${data.length}, and no step of 0, for data ${formatShape(data)}.`,
        { argument: "begin", actual: begin.length, expected: data.length },
      );
    }
    const output = data.map((size, axis) => (size === 0 ? 0 : axisSlice(attributes, axis, size).count));
    const empty = output.findIndex((size, axis) => size === 0 && data[axis] !== 0);
    if (empty >= 0) {
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}; the bounds leave nothing of axis ${empty}.`,
        {
          argument: "data",
          actual: data,
        },
      );
    }
    return { outputs: [output] };
  },
});
