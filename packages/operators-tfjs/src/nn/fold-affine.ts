import type { Affine } from "@mxgraft/operator";
import * as tf from "@tensorflow/tfjs";

/**
 * Weight and bias of a linear operator with what follows it: scale * (w x + b) + shift = (scale w) x + (scale b + shift).
 *
 * @param scaled  the weight times one number for each output.
 * @returns the weight and, where there is one, the bias; new tensors.
 */
export function foldAffine(
  weight: tf.Tensor,
  bias: tf.Tensor | undefined,
  affine: Affine<tf.Tensor> | undefined,
  scaled: (weight: tf.Tensor, scale: tf.Tensor) => tf.Tensor,
): tf.Tensor[] {
  if (affine === undefined) return bias ? [tf.clone(weight), tf.clone(bias)] : [tf.clone(weight)];
  const { scale, shift } = affine;
  return [scaled(weight, scale), bias ? tf.add(tf.mul(bias, scale), shift) : tf.clone(shift)];
}
