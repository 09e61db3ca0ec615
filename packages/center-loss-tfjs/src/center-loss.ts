import * as tf from "@tensorflow/tfjs";
import { CENTER_LOSS, registerCenterLossKernel } from "./center-loss-kernel.ts";
import { checkedLabels } from "./checked-labels.ts";
import type { ClassCenters } from "./class-centers.ts";

/**
 * Center loss in any training loop of TensorFlow.js: how far each feature lies from the center of its own class.
 *
 *   loss = 1/(2N) * sum_i |features_i - center[label_i]|^2
 *
 * Each backward pass through it moves the centers, c_y += alpha * sum(diff of class y) / (1 + n_y); evaluating the loss
 * without a gradient leaves them where they are.
 *
 * Shapes (N batch, D feature):
 *   features  (N, D)  float32  gradient = head gradient * scale/N * diff
 *   labels    (N)     class index 0..C-1, fractions are cut off; no gradient
 *   returns   scalar  squared feature units; not multiplied by `scale` of the centers, as in MXNet. To weigh loss and
 *                     gradient alike, multiply what is returned and leave `scale` at 1.
 *
 * @param labels  numbers, or a tensor; on webgl and webgpu give numbers, since a tensor can only be read there by waiting.
 * @throws ShapeError  `features` is not (N, D) with the size of the centers, or `labels` is not (N).
 * @throws ValueError  a label is no class index; the message names its row.
 */
export function centerLoss(
  features: tf.Tensor,
  labels: tf.Tensor | ArrayLike<number>,
  centers: ClassCenters,
): tf.Scalar {
  registerCenterLossKernel();
  return tf.tidy(() => {
    const classes = checkedLabels("centerLoss", features, labels, centers);
    const [loss] = tf
      .engine()
      .runKernel<[tf.Scalar, tf.Tensor]>(CENTER_LOSS, { features, labels: classes }, { centers: centers.id });
    return loss;
  });
}
