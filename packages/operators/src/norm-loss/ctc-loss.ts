import { formatShape, ShapeError } from "@mxgraft/base";
import { type AttributesOf, boolean, defaulted, defineOperator, type OperatorSpec, oneOf } from "@mxgraft/operator";

const attributes = {
  use_data_lengths: defaulted(boolean, false, "whether there is an argument data_lengths"),
  use_label_lengths: defaulted(boolean, false, "whether there is an argument label_lengths"),
  blank_label: defaulted(oneOf("first", "last"), "first", "which class is the blank"),
};

export type CTCLossAttributes = AttributesOf<typeof attributes>;

/**
 * Connectionist temporal classification: how unlikely the softmax of data makes the labels, summed over all ways to
 * spread them over time with blanks between.
 *
 *   output0 = -log P(label | softmax(data))
 *
 * Shapes (T steps, N batch, C classes with the blank, L labels at most):
 *   data           argument  (T, N, C)  before the softmax
 *   label          argument  (N, L)     class indices; without lengths they end before the first 0 (blank first) or
 *                                       -1 (blank last); no gradient
 *   data_lengths   argument  (N)        only with `use_data_lengths`
 *   label_lengths  argument  (N)        only with `use_label_lengths`
 *   output0        output    (N)
 *   output1        output    (T, N, C)  hidden: the gradient of output0
 *
 * @throws ShapeError  wrong numbers of axes, different batches, or more labels than steps.
 * @see Graves et al., ICML 2006.
 */
export const ctcLoss: OperatorSpec<CTCLossAttributes> = defineOperator({
  name: "CTCLoss",
  aliases: ["ctc_loss", "_contrib_CTCLoss", "_contrib_ctc_loss"],
  attributes,
  arguments: ({ use_data_lengths, use_label_lengths }) => [
    "data",
    "label",
    ...(use_data_lengths ? ["data_lengths"] : []),
    ...(use_label_lengths ? ["label_lengths"] : []),
  ],
  outputs: ["output0", "output1"],
  visibleOutputs: 1,
  backwardReads: () => ({ arguments: [], outputs: [1] }),
  inferShape(_, known) {
    const [data, label] = known.arguments;
    if (data === undefined) return {};
    const [steps = 0, batch = 0] = data;
    if (data.length !== 3) {
      throw new ShapeError(`argument "data" has shape ${formatShape(data)}, expected 3 axes (step, batch, class).`, {
        argument: "data",
        expected: 3,
        actual: data,
      });
    }
    if (label && (label.length !== 2 || (steps > 0 && (label[1] ?? 0) > steps))) {
      throw new ShapeError(
        `argument "label" has shape ${formatShape(label)}, expected 2 axes (batch, label) with no more labels than the steps of "data" ${formatShape(data)}.`,
        { argument: "label", expected: [batch, steps], actual: label },
      );
    }
    return {
      arguments: [data, [batch, label?.[1] ?? 0], ...known.arguments.slice(2).map(() => [batch])],
      outputs: [[batch], data],
    };
  },
  inferType(_, { arguments: [data, ...others] }) {
    return { arguments: [data, ...others], outputs: [data, data] };
  },
});
