import { formatShape, ShapeError } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";
import type { ClassCenters } from "./class-centers.ts";

/**
 * The labels of a batch as a tensor, which is the one given or a new one.
 *
 * @param caller  the function whose arguments these are, for messages.
 * @throws ShapeError  `features` is not (N, D) with the size of the centers, or `labels` is not (N).
 */
export function checkedLabels(
  caller: string,
  features: tf.Tensor,
  labels: tf.Tensor | ArrayLike<number>,
  centers: ClassCenters,
): tf.Tensor {
  const [n = 0, size] = features.shape;
  if (features.rank !== 2 || size !== centers.size) {
    throw new ShapeError(
      `${caller}: "features" has shape ${formatShape(features.shape)}, expected (N, ${centers.size}).`,
      { argument: "features", actual: features.shape, expected: [0, centers.size] },
    );
  }
  // tfjs's own test of what is a tensor looks at several of its properties.
  const isTensor = labels instanceof tf.Tensor;
  const shape = isTensor ? labels.shape : [labels.length];
  if (shape.length !== 1 || shape[0] !== n) {
    throw new ShapeError(
      `${caller}: "labels" has shape ${formatShape(shape)}, expected ${formatShape([n])}: one class index for each row of "features" ${formatShape(features.shape)}.`,
      { argument: "labels", actual: shape, expected: [n] },
    );
  }
  if (isTensor) return labels;
  return labels instanceof Int32Array ? tf.tensor1d(labels, "int32") : tf.tensor1d(Float32Array.from(labels));
}
