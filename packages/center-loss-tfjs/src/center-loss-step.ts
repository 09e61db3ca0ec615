import * as tf from "@tensorflow/tfjs";
import { batchLabelsSync } from "./batch-labels.ts";
import { checkedLabels } from "./checked-labels.ts";
import type { ClassCenters } from "./class-centers.ts";
import { compareOnDevice, moveOnDevice } from "./device-steps.ts";
import { FusedCenterLoss } from "./fused-center-loss.ts";

export interface CenterLossStep {
  /** A scalar, sum |features_i - center[label_i]|^2 / (2N), with the centers from before. */
  readonly loss: tf.Tensor;
  /** Gradient of scale times the loss by the features, (N, D). */
  readonly gradient: tf.Tensor;
}

function stepByStep(features: tf.Tensor, labels: tf.Tensor, centers: ClassCenters): CenterLossStep {
  const classes = batchLabelsSync(labels, centers.numClass);
  const { loss, diff } = compareOnDevice(features, classes, centers.cell, []);
  moveOnDevice(centers.cell, classes, diff, centers.alpha);
  const gradient = tf.mul(diff, centers.scale / classes.length);
  diff.dispose();
  return { loss, gradient };
}

/**
 * Loss, gradient and the move of the centers at once, for training loops that hold their gradients themselves. The same
 * numbers as a gradient through `centerLoss` with its one backward pass; on TensorFlow with its native operators it is
 * one call and one pass over the features.
 *
 *   loss = 1/(2N) * sum_i |features_i - center[label_i]|^2,   gradient = scale/N * (features - own centers)
 *   c_y += alpha * sum(features - c_y over the n_y rows of class y) / (1 + n_y)
 *
 * @param features  (N, D) float32.
 * @param labels    (N) class index 0..C-1, fractions are cut off; on webgl and webgpu give numbers, not a tensor.
 * @throws ShapeError  `features` is not (N, D) with the size of the centers, or `labels` is not (N).
 * @throws ValueError  a label is no class index; the message names its row, and no center has moved.
 */
export function centerLossStep(
  features: tf.Tensor,
  labels: tf.Tensor | ArrayLike<number>,
  centers: ClassCenters,
): CenterLossStep {
  const classes = checkedLabels("centerLossStep", features, labels, centers);
  try {
    const fused = FusedCenterLoss.find(centers.cell, features, classes);
    if (fused === undefined) return stepByStep(features, classes, centers);
    return fused.step(features, classes, centers.alpha, centers.scale);
  } finally {
    if (classes !== labels) classes.dispose();
  }
}
