import { formatShape, ShapeError } from "@mxgraft/base";
import {
  type AttributesOf,
  defaulted,
  defineOperator,
  type OperatorSpec,
  oneOf,
  real,
  required,
  tuple,
} from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  mode: required(oneOf("constant", "edge", "reflect"), "what the frame is filled with"),
  pad_width: required(tuple, "elements before and after each axis, (before_0, after_0, before_1, ...)"),
  constant_value: defaulted(real, 0, "the value of the frame in mode constant"),
};

export type PadAttributes = AttributesOf<typeof attributes>;

/**
 * Puts a frame around an array: a constant, the elements at the edge, or the mirrored array without its edge.
 *
 * Shapes: data (any) -> output (each size with its two widths of `pad_width`).
 *
 * @throws ShapeError  pad_width has not two widths for each axis, or a mirrored frame is wider than the array.
 */
export const pad: OperatorSpec<PadAttributes> = defineOperator<PadAttributes>({
  name: "Pad",
  aliases: ["pad"],
  attributes,
  backwardReads: readsNothing,
  inferShape({ mode, pad_width }, known) {
    const data = known.arguments[0];
    if (data === undefined) return {};
    const widths = data.map((_, axis) => [pad_width[2 * axis] ?? 0, pad_width[2 * axis + 1] ?? 0] as const);
    const tooWide = (size: number, axis: number) =>
      size > 0 && mode === "reflect" && Math.max(...(widths[axis] ?? [0])) >= size;
    if (pad_width.length !== 2 * data.length || pad_width.some((width) => width < 0) || data.some(tooWide)) {
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}, which attribute "pad_width" ${formatPadding(pad_width)} does not fit.`,
        { argument: "data", actual: data, expected: pad_width },
      );
    }
    return { outputs: [data.map((size, axis) => (size === 0 ? 0 : size + sum(widths[axis] ?? [])))] };
  },
});

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function formatPadding(widths: readonly number[]): string {
  return `(${widths.join(", ")})`;
}
