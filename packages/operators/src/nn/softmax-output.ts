import { equalShapes, formatShape, isKnown, mergeShapes, type Shape, ShapeError, sizeOf } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  type OperatorSpec,
  oneOf,
  real,
} from "@mxgraft/operator";

const attributes = {
  grad_scale: defaulted(real, 1, "weight of the gradient"),
  ignore_label: defaulted(real, -1, "the label that gives no gradient, with use_ignore"),
  multi_output: defaulted(boolean, false, "whether the classes are axis 1 and every position has a label"),
  use_ignore: defaulted(boolean, false, "whether ignore_label counts"),
  preserve_shape: defaulted(boolean, false, "whether the classes are the last axis and all axes before it have labels"),
  normalization: defaulted(oneOf("null", "batch", "valid"), "null", "what the gradient is divided by"),
  out_grad: defaulted(boolean, false, "multiplies the gradient by the output, a fault of MXNet that is kept"),
  smooth_alpha: defaulted(real, 0, "how much of the label is spread over the other classes"),
};

export type SoftmaxOutputAttributes = AttributesOf<typeof attributes>;

/** The label shapes that fit data, the one MXNet infers first. */
function labelShapes(data: Shape, multiOutput: boolean): Shape[] {
  if (!multiOutput) return [data.slice(0, -1)];
  const [batch = 0] = data;
  const rest = data.slice(2);
  return [
    [batch, isKnown(rest) ? sizeOf(rest) : 0],
    [batch, ...rest],
    [batch, 1, ...rest],
  ];
}

/**
 * Softmax over the classes, with the gradient of the cross entropy to the labels.
 *
 *   output = e^data / sum over the classes of e^data
 *   gradient = grad_scale (output - target) / count        what comes after this operator does not matter
 *
 * target is 1 for the labelled class; with smooth_alpha a, and without multi_output, it is 1 - a there and a / (C - 1)
 * elsewhere; a label of the shape of data is the target itself. count is 1 (`null`), the number of labels (`batch`) or the number of labels that
 * are not ignore_label (`valid`); with multi_output S the positions of a sample: S (`null`), N S (`batch`), the
 * number of labels that are not ignore_label (`valid`).
 *
 * Shapes (N batch, C classes):
 *   data    argument  (N, ..., C), softmax over all axes but the first; `multi_output` (N, C, ...) over axis 1;
 *                     `preserve_shape` over the last axis
 *   label   argument  data without its last axis; `multi_output` (N, S), (N, ...) or (N, 1, ...); or as data
 *   output  output    as data
 *
 * @throws ShapeError  `label` has none of these shapes.
 */
export const softmaxOutput: OperatorSpec<SoftmaxOutputAttributes> = defineOperator({
  name: "SoftmaxOutput",
  aliases: ["Softmax"],
  attributes,
  arguments: ["data", "label"],
  needsHeadGradient: false,
  backwardReads: () => ({ arguments: [1], outputs: [0] }),
  inferShape({ multi_output }, known) {
    const [data, label] = known.arguments;
    if (data === undefined) return {};
    if (label !== undefined && equalShapes(label, data)) return { outputs: [data] };
    const accepted = labelShapes(data, multi_output);
    const fitting = label === undefined ? accepted[0] : accepted.find((shape) => mergeShapes(shape, label) !== null);
    if (fitting === undefined && !(label && mergeShapes(label, data))) {
      throw new ShapeError(
        `argument "label" has shape ${formatShape(label)}, expected ${accepted.map(formatShape).join(" or ")} for "data" ${formatShape(data)}.`,
        { argument: "label", expected: accepted, actual: label },
      );
    }
    return { arguments: [data, fitting], outputs: [data] };
  },
});
