import { ShapeError } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  dtype,
  integer,
  type OperatorSpec,
  optional,
  real,
  required,
  text,
} from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  start: required(real, "the first number; the end when stop is not given"),
  stop: defaulted(optional(real), null, "the number before which they end"),
  step: defaulted(real, 1, "their distance"),
  repeat: defaulted(integer({ min: 1 }), 1, "how often each occurs"),
  infer_range: defaulted(boolean, false, "whether the end is found from where the output goes"),
  ctx: defaulted(text, "", "not used here: arrays live on the backend"),
  dtype: defaulted(dtype, "float32", "type of the output"),
};

export type ArangeAttributes = AttributesOf<typeof attributes>;

/** The first number: 0 when only an end is given. */
export function arangeStart({ start, stop, infer_range }: ArangeAttributes): number {
  return stop === null && !infer_range ? 0 : start;
}

/**
 * Evenly spaced numbers: start, start + step, ..., each `repeat` times.
 *
 * Shapes: -> output (ceil((stop - start) / step) * repeat).
 *
 * @throws ShapeError  there are none.
 */
export const arange: OperatorSpec<ArangeAttributes> = defineOperator<ArangeAttributes>({
  name: "_arange",
  attributes,
  arguments: [],
  needsHeadGradient: false,
  backwardReads: readsNothing,
  inferType: ({ dtype }) => ({ outputs: [dtype] }),
  inferShape(attributes) {
    const { start, stop, step, repeat, infer_range } = attributes;
    if (infer_range && stop === null) return {};
    const count = Math.ceil(((stop ?? start) - arangeStart(attributes)) / step) * repeat;
    if (!(count > 0 && Number.isFinite(count))) {
      throw new ShapeError(`from ${arangeStart(attributes)} to ${stop ?? start} by ${step} there are no numbers.`, {
        actual: step,
      });
    }
    return { outputs: [[count]] };
  },
});
