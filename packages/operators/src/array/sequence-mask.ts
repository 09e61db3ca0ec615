import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, real } from "@mxgraft/operator";
import { linkedTypes } from "./linked-types.ts";
import { sequenceArguments, sequenceAttributes, sequenceReads, sequenceShapes } from "./sequence-attributes.ts";

const attributes = {
  ...sequenceAttributes,
  value: defaulted(real, 0, "what stands behind the end of a sequence"),
};

export type SequenceMaskAttributes = AttributesOf<typeof attributes>;

/**
 * Overwrites what lies behind the end of each sequence.
 *
 * Shapes (T time, N batch): data (T, N, ...) or, with axis 1, (N, T, ...), sequence_length (N) -> output (as data).
 */
export const sequenceMask: OperatorSpec<SequenceMaskAttributes> = defineOperator<SequenceMaskAttributes>({
  name: "SequenceMask",
  attributes,
  arguments: sequenceArguments,
  backwardReads: sequenceReads,
  inferType: (_, known) => linkedTypes(known, [0]),
  inferShape(attributes, { arguments: [given], outputs: [output] }) {
    const data = given ?? output;
    return data ? { arguments: sequenceShapes(attributes, data), outputs: [data] } : {};
  },
});
