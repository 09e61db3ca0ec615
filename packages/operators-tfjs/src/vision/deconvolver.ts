import type { Shape } from "@mxgraft/base";
import type { DeconvolutionWindow } from "@mxgraft/operators";
import * as tf from "@tensorflow/tfjs";
import type { Convolver } from "../nn/convolver.ts";
import { dense2d, dense3d } from "../nn/dense-convolver.ts";
import { depthwise2d } from "../nn/depthwise-convolver.ts";
import { grouped } from "../nn/grouped-convolver.ts";

/** Deconvolution and its gradients on channels-last tensors; filter (kernel..., O/G, C). */
export interface Deconvolver {
  forward(x: tf.Tensor, filter: tf.Tensor): tf.Tensor;
  inputGradient(dy: tf.Tensor, filter: tf.Tensor): tf.Tensor;
  filterGradient(x: tf.Tensor, dy: tf.Tensor, filterShape: Shape): tf.Tensor;
}

/** The shape with a spatial axis of size 1 for a shape (N, W, C) or (K, C, O). */
function liftedShape(shape: Shape, axis: 0 | 1): number[] {
  return shape.length === 3 ? shape.toSpliced(axis, 0, 1) : [...shape];
}

function lifted(x: tf.Tensor, axis: 0 | 1): tf.Tensor {
  return x.rank === 3 ? tf.reshape(x, liftedShape(x.shape, axis)) : x;
}

function unlifted(x: tf.Tensor, rank: number, axis: 0 | 1): tf.Tensor {
  return rank === 3 ? tf.squeeze(x, [axis]) : x;
}

/** The convolution, from the output to the data, that the deconvolution is the transpose of. */
function convolverOf(given: DeconvolutionWindow, groups: number, filters: number): Convolver {
  if (given.kernel.length === 3) return groups > 1 ? grouped(dense3d(given), groups) : dense3d(given);
  const { kernel, stride, dilate, pad } = given;
  // Equal strides keep the depthwise kernels usable; along an axis of size 1 the stride does not matter.
  const window =
    kernel.length === 1
      ? { kernel: [1, ...kernel], stride: [...stride, ...stride], dilate: [1, ...dilate], pad: [0, ...pad] }
      : given;
  if (groups === 1) return dense2d(window);
  // The tensorflow backend has depthwise kernels for equal strides only.
  const isDepthwise = groups === filters && window.stride[0] === window.stride[1];
  return isDepthwise ? depthwise2d(window) : grouped(dense2d(window), groups);
}

/**
 * The deconvolver for a window.
 *
 * @param filters  channels of the output.
 */
export function deconvolverOf(window: DeconvolutionWindow, groups: number, filters: number): Deconvolver {
  const convolver = convolverOf(window, groups, filters);
  return {
    forward(x, filter) {
      const outputShape = liftedShape([x.shape[0] ?? 1, ...window.output, filters], 1);
      return unlifted(convolver.inputGradient(lifted(x, 1), lifted(filter, 0), outputShape), x.rank, 1);
    },
    inputGradient: (dy, filter) => unlifted(convolver.forward(lifted(dy, 1), lifted(filter, 0)), dy.rank, 1),
    filterGradient(x, dy, filterShape) {
      const gradient = convolver.filterGradient(lifted(dy, 1), lifted(x, 1), liftedShape(filterShape, 0));
      return unlifted(gradient, x.rank, 0);
    },
  };
}
