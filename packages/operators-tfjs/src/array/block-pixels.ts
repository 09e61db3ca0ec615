import type { Shape } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";

/** Channels spread over blocks of b x b pixels: (N, b b C, H, W) -> (N, C, H b, W b). */
export function channelsToPixels(x: tf.Tensor, b: number, [n = 1, c = 1, h = 1, w = 1]: Shape): tf.Tensor {
  const split = tf.reshape(x, [n, b, b, c, h / b, w / b]);
  return tf.reshape(tf.transpose(split, [0, 3, 4, 1, 5, 2]), [n, c, h, w]);
}

/** The opposite of `channelsToPixels`. */
export function pixelsToChannels(x: tf.Tensor, b: number): tf.Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  const split = tf.reshape(x, [n, c, h / b, b, w / b, b]);
  return tf.reshape(tf.transpose(split, [0, 3, 5, 1, 2, 4]), [n, c * b * b, h / b, w / b]);
}
