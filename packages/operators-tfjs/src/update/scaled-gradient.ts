import * as tf from "@tensorflow/tfjs";

interface Scaling {
  readonly rescale_grad: number;
  readonly clip_gradient: number;
}

/** x * factor; x itself for 1. These run for every parameter in every step, so no operation is spent on nothing. */
export function times(x: tf.Tensor, factor: number): tf.Tensor {
  return factor === 1 ? x : tf.mul(x, factor);
}

/** x + factor * y; x itself for 0. */
export function plusTimes(x: tf.Tensor, y: tf.Tensor, factor: number): tf.Tensor {
  return factor === 0 ? x : tf.add(x, times(y, factor));
}

/** x cut to -bound..bound; x itself below 0. */
export function clipped(x: tf.Tensor, bound: number): tf.Tensor {
  return bound < 0 ? x : tf.clipByValue(x, -bound, bound);
}

/** factor * clip(rescale_grad * grad, clip_gradient), in at most two operations. */
export function scaledGradient(grad: tf.Tensor, { rescale_grad, clip_gradient }: Scaling, factor: number): tf.Tensor {
  if (clip_gradient < 0 || rescale_grad === 0) return times(grad, factor * rescale_grad);
  return times(clipped(grad, clip_gradient / Math.abs(rescale_grad)), factor * rescale_grad);
}
