import * as tf from "@tensorflow/tfjs";
import { times } from "./scaled-gradient.ts";

/** kept * mean + (1 - kept) * x. */
export function movingMean(mean: tf.Tensor, x: tf.Tensor, kept: number): tf.Tensor {
  return tf.add(times(mean, kept), times(x, 1 - kept));
}
