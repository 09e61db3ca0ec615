import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  dtype,
  integer,
  type OperatorSpec,
  real,
  required,
  text,
} from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  start: required(real, "the first number"),
  stop: required(real, "the last number, or the one after it"),
  num: required(integer({ min: 1 }), "how many"),
  endpoint: defaulted(boolean, true, "whether stop is one of them"),
  ctx: defaulted(text, "", "not used here: arrays live on the backend"),
  dtype: defaulted(dtype, "float32", "type of the output"),
};

export type LinspaceAttributes = AttributesOf<typeof attributes>;

/**
 * A number of evenly spaced numbers from start to stop.
 *
 * Shapes: -> output (num).
 */
export const linspace: OperatorSpec<LinspaceAttributes> = defineOperator<LinspaceAttributes>({
  name: "_linspace",
  attributes,
  arguments: [],
  needsHeadGradient: false,
  backwardReads: readsNothing,
  inferType: ({ dtype }) => ({ outputs: [dtype] }),
  inferShape: ({ num }) => ({ outputs: [[num]] }),
});
