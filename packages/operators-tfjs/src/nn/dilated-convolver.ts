import type { Shape } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";
import { bothEnds, spatial } from "./convolution-padding.ts";
import type { ConvolutionWindow, Convolver } from "./convolver.ts";
import { framedShape, padRows, unpadRows } from "./pad-rows.ts";

/**
 * A dilated convolution as a sum of convolutions with the points of the window, each on its own part of the input:
 * the gradient kernels know no dilation, and no product is computed in vain.
 */
export function dilated(window: ConvolutionWindow, base: (window: ConvolutionWindow) => Convolver): Convolver {
  const ones = window.kernel.map(() => 1);
  const point = base({ kernel: ones, stride: window.stride, dilate: ones, pad: ones.map(() => 0) });
  const rows = bothEnds(window.pad);
  const points = pointsOf(window.kernel);
  const offsetOf = (at: Shape) => at.map((index, axis) => index * (window.dilate[axis] ?? 1));
  /** Rows of the padded input that one point of the window sees, first to last. */
  const seen = (outputSizes: Shape) => outputSizes.map((size, axis) => (size - 1) * (window.stride[axis] ?? 1) + 1);
  const filterAt = (filter: tf.Tensor, at: Shape) => {
    const channels = filter.shape.slice(-2);
    return tf.slice(filter, [...at, 0, 0], [...ones, ...channels]);
  };
  const inputAt = (padded: tf.Tensor, at: Shape, sizes: Shape) =>
    tf.slice(padded, [0, ...offsetOf(at), 0], [padded.shape[0] ?? 0, ...sizes, padded.shape.at(-1) ?? 0]);
  return {
    forward(x, filter) {
      const padded = padRows(x, rows, 0);
      const sizes = spatial(padded.shape).map((size, axis) => {
        const covered = ((window.kernel[axis] ?? 1) - 1) * (window.dilate[axis] ?? 1) + 1;
        const stride = window.stride[axis] ?? 1;
        return Math.floor((size - covered) / stride) * stride + 1;
      });
      return tf.addN(points.map((at) => point.forward(inputAt(padded, at, sizes), filterAt(filter, at))));
    },
    filterGradient(x, dy, filterShape) {
      const padded = padRows(x, rows, 0);
      const sizes = seen(spatial(dy.shape));
      const pointShape = [...ones, ...filterShape.slice(-2)];
      const gradients = points.map((at) => point.filterGradient(inputAt(padded, at, sizes), dy, pointShape));
      return tf.reshape(tf.concat(gradients, 0), [...filterShape]);
    },
    inputGradient(dy, filter, inputShape) {
      const sizes = seen(spatial(dy.shape));
      const paddedShape = framedShape(inputShape, rows);
      const pointShape = [inputShape[0] ?? 0, ...sizes, inputShape.at(-1) ?? 0];
      const gradients = points.map((at) => {
        const before = offsetOf(at);
        const after = sizes.map((size, axis) => (paddedShape[axis + 1] ?? 0) - (before[axis] ?? 0) - size);
        return padRows(point.inputGradient(dy, filterAt(filter, at), pointShape), { before, after }, 0);
      });
      return unpadRows(tf.addN(gradients), rows);
    },
  };
}

/** Every index into an array of a shape, in row-major order. */
function pointsOf(shape: Shape): Shape[] {
  return shape.reduce<Shape[]>(
    (points, size) => points.flatMap((at) => Array.from({ length: size }, (_, index) => [...at, index])),
    [[]],
  );
}
