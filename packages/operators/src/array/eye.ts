import {
  type AttributesOf,
  defaulted,
  defineOperator,
  dtype,
  integer,
  type OperatorSpec,
  required,
  text,
} from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  N: required(integer({ min: 1 }), "rows"),
  M: defaulted(integer({ min: 0 }), 0, "columns; as many as rows at 0"),
  k: defaulted(integer(), 0, "which diagonal: above the main one, or below it under 0"),
  ctx: defaulted(text, "", "not used here: arrays live on the backend"),
  dtype: defaulted(dtype, "float32", "type of the output"),
};

export type EyeAttributes = AttributesOf<typeof attributes>;

/**
 * A matrix with 1 on a diagonal and 0 elsewhere.
 *
 * Shapes: -> output (N, M).
 */
export const eye: OperatorSpec<EyeAttributes> = defineOperator<EyeAttributes>({
  name: "_eye",
  attributes,
  arguments: [],
  needsHeadGradient: false,
  backwardReads: readsNothing,
  inferType: ({ dtype }) => ({ outputs: [dtype] }),
  inferShape: ({ N, M }) => ({ outputs: [[N, M || N]] }),
});
