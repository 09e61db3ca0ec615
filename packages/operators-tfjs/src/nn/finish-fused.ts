import type { FusedCall } from "@mxgraft/operator";
import * as tf from "@tensorflow/tfjs";

/** What a fused kernel does after its linear part. */
export function finishFused(
  linear: tf.Tensor,
  { residual, activation }: Pick<FusedCall<object, tf.Tensor>, "residual" | "activation">,
): tf.Tensor {
  const sum = residual ? tf.add(linear, residual) : linear;
  return activation === "relu" ? tf.relu(sum) : sum;
}
