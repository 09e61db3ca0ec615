import { formatShape, type Shape, ShapeError } from "@mxgraft/base";
import { type AttributesOf, boolean, defaulted, integer } from "@mxgraft/operator";

/** Attributes of the operators on batches of sequences of different lengths. */
export const sequenceAttributes = {
  use_sequence_length: defaulted(boolean, false, "whether there is an argument sequence_length"),
  axis: defaulted(integer({ min: 0, max: 1 }), 0, "axis of the time; the batch is the other of the first two"),
};

export type SequenceAttributes = AttributesOf<typeof sequenceAttributes>;

/** The arguments: data, and the lengths if they are used. */
export function sequenceArguments({ use_sequence_length }: SequenceAttributes): string[] {
  return use_sequence_length ? ["data", "sequence_length"] : ["data"];
}

/** Backward reads the lengths. */
export function sequenceReads({ use_sequence_length }: SequenceAttributes) {
  return { arguments: use_sequence_length ? [1] : [], outputs: [] };
}

/**
 * The shapes of the arguments.
 *
 * @throws ShapeError  data has not two axes.
 */
export function sequenceShapes({ use_sequence_length, axis }: SequenceAttributes, data: Shape): Shape[] {
  if (data.length < 2) {
    throw new ShapeError(`argument "data" has shape ${formatShape(data)}, expected axes of time and batch at least.`, {
      argument: "data",
      actual: data,
    });
  }
  return use_sequence_length ? [data, [data[1 - axis] ?? 0]] : [data];
}
