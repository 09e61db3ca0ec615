import type { Shape } from "@mxgraft/base";
import type { FusedActivation } from "@mxgraft/operator";
import type { Window } from "@mxgraft/operators";
import type * as tf from "@tensorflow/tfjs";

/**
 * A convolution and its two gradients on channels-last tensors: x (N, sizes..., C), filter (kernel..., C/G, O),
 * dy (N, sizes'..., O).
 */
export interface Convolver {
  /** Only `dense2d` takes a bias, and an activation behind it. */
  forward(x: tf.Tensor, filter: tf.Tensor, bias?: tf.Tensor, activation?: FusedActivation): tf.Tensor;
  filterGradient(x: tf.Tensor, dy: tf.Tensor, filterShape: Shape): tf.Tensor;
  inputGradient(dy: tf.Tensor, filter: tf.Tensor, inputShape: Shape): tf.Tensor;
}

/** The part of a window that a convolver needs. */
export type ConvolutionWindow = Pick<Window, "kernel" | "stride" | "dilate" | "pad">;
