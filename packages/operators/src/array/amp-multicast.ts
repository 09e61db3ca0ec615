import type { DType } from "@mxgraft/base";
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
  num_outputs: required(integer({ min: 1 }), "how many arrays"),
  cast_narrow: defaulted(boolean, false, "whether to take the narrowest type, not the widest"),
};

export type AmpMulticastAttributes = AttributesOf<typeof attributes>;

/** Types from narrow to wide. */
const WIDTHS: readonly DType[] = ["float16", "float32", "float64"];

/** The type that arrays of several types are brought to. */
export function commonType({ cast_narrow }: AmpMulticastAttributes, types: readonly (DType | undefined)[]): DType {
  const places = types.flatMap((type) => (type === undefined ? [] : [WIDTHS.indexOf(type)])).filter((i) => i >= 0);
  const place = cast_narrow ? Math.min(...places) : Math.max(...places);
  return WIDTHS[place] ?? "float32";
}

/**
 * Brings arrays of real numbers to one type, as MXNet's mixed precision puts it into graphs.
 *
 * Shapes: data_0, data_1, ... (any) -> output0, output1, ... (each as it is).
 */
export const ampMulticast: OperatorSpec<AmpMulticastAttributes> = defineOperator<AmpMulticastAttributes>({
  name: "amp_multicast",
  attributes,
  countAttribute: "num_outputs",
  arguments: ({ num_outputs }) => Array.from({ length: num_outputs }, (_, i) => `data_${i}`),
  outputs: ({ num_outputs }) => numberedOutputs(num_outputs),
  backwardReads: readsNothing,
  inferType(attributes, known) {
    const type = commonType(attributes, known.arguments);
    return { arguments: known.arguments, outputs: known.outputs.map(() => type) };
  },
  inferShape: (_, known) => ({ arguments: known.outputs, outputs: known.arguments }),
});
