import * as tf from "@tensorflow/tfjs";

/** The sums over all axes but the last: (..., C) -> (C). */
export function sumToChannels(x: tf.Tensor): tf.Tensor {
  return tf.sum(
    x,
    x.shape.slice(0, -1).map((_, axis) => axis),
  );
}
