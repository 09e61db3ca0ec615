import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import { linkedTypes } from "./linked-types.ts";
import {
  type SequenceAttributes,
  sequenceArguments,
  sequenceAttributes,
  sequenceReads,
  sequenceShapes,
} from "./sequence-attributes.ts";

/**
 * The last element of each sequence.
 *
 * Shapes (T time, N batch): data (T, N, ...) or, with axis 1, (N, T, ...), sequence_length (N) -> output (N, ...).
 */
export const sequenceLast: OperatorSpec<SequenceAttributes> = defineOperator({
  name: "SequenceLast",
  attributes: sequenceAttributes,
  arguments: sequenceArguments,
  backwardReads: sequenceReads,
  inferType: (_, known) => linkedTypes(known, [0]),
  inferShape(attributes, { arguments: [data] }) {
    if (data === undefined) return {};
    return { arguments: sequenceShapes(attributes, data), outputs: [data.toSpliced(attributes.axis, 1)] };
  },
});
