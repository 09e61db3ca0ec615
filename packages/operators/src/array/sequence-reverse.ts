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
 * Turns each sequence round; what lies behind its end stays.
 *
 * Shapes (T time, N batch): data (T, N, ...), sequence_length (N) -> output (as data).
 */
export const sequenceReverse: OperatorSpec<SequenceAttributes> = defineOperator({
  name: "SequenceReverse",
  attributes: sequenceAttributes,
  arguments: sequenceArguments,
  backwardReads: sequenceReads,
  inferType: (_, known) => linkedTypes(known, [0]),
  inferShape(attributes, { arguments: [given], outputs: [output] }) {
    const data = given ?? output;
    return data ? { arguments: sequenceShapes(attributes, data), outputs: [data] } : {};
  },
});
