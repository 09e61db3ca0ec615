import { formatShape, type HostArray, ShapeError } from "@mxgraft/base";

/**
 * @throws ShapeError  the number of labels is not the number of predictions left after taking classes.
 */
export function requireSameSize(subject: string, label: HostArray, pred: HostArray, predicted: number): void {
  if (label.data.length === predicted) return;
  throw new ShapeError(
    `${subject}: label ${formatShape(label.shape)} has ${label.data.length} elements, prediction ${formatShape(pred.shape)} gives ${predicted}; expected one label for each.`,
    { expected: predicted, actual: label.data.length },
  );
}
