import type { Shape } from "@mxgraft/base";
import type { Window } from "@mxgraft/operators";
import * as tf from "@tensorflow/tfjs";
import { padRows, type Rows, unpadRows } from "./pad-rows.ts";
import { runKernel } from "./run-kernel.ts";

/**
 * A convolution and its two gradients on channels-last tensors: x (N, sizes..., C), filter (kernel..., C/G, O),
 * dy (N, sizes'..., O).
 */
export interface Convolver {
  /** Only `dense2d` takes a bias. */
  forward(x: tf.Tensor, filter: tf.Tensor, bias?: tf.Tensor): tf.Tensor;
  filterGradient(x: tf.Tensor, dy: tf.Tensor, filterShape: Shape): tf.Tensor;
  inputGradient(dy: tf.Tensor, filter: tf.Tensor, inputShape: Shape): tf.Tensor;
}

/** The part of a window that a convolver needs. */
export type ConvolutionWindow = Pick<Window, "kernel" | "stride" | "dilate" | "pad">;

const NHWC = "NHWC";

/** The same rows on both ends of each axis. */
function bothEnds(pad: Shape): Rows {
  return { before: pad, after: pad };
}

/**
 * How the gradient kernels are told about padding: the tensorflow backend knows only "valid" and "same" there, so
 * another padding is put around the tensor first.
 */
function gradientPadding(window: ConvolutionWindow, sizes: Shape): { pad: "valid" | "same"; rows: Rows } {
  const none = bothEnds(window.pad.map(() => 0));
  const isSame = sizes.every((size, i) => {
    const stride = window.stride[i] ?? 1;
    const total = (Math.ceil(size / stride) - 1) * stride + (window.kernel[i] ?? 1) - size;
    return Math.max(0, total) === 2 * (window.pad[i] ?? 0);
  });
  if (isSame && window.pad.some((rows) => rows > 0)) return { pad: "same", rows: none };
  return { pad: "valid", rows: bothEnds(window.pad) };
}

function spatial(shape: Shape): Shape {
  return shape.slice(1, -1);
}

/** The shape of a (N, sizes..., C) tensor with rows around it. */
function framed(shape: Shape, { before, after }: Rows): number[] {
  return shape.map((size, axis) => size + (before[axis - 1] ?? 0) + (after[axis - 1] ?? 0));
}

/** Padding for the forward kernels. A single number would make tfjs 4.22 take all axes for the first one. */
function explicitPad({ pad }: ConvolutionWindow): "valid" | [number, number][] {
  if (pad.every((rows) => rows === 0)) return "valid";
  return [[0, 0], ...pad.map((rows): [number, number] => [rows, rows]), [0, 0]];
}

/** Convolution over two axes where every output channel sees every input channel. */
export function dense2d(window: ConvolutionWindow): Convolver {
  const strides = [...window.stride];
  const gradients: Omit<Convolver, "forward"> = window.dilate.some((step) => step > 1)
    ? dilated(window, dense2d)
    : undilated2d(window);
  return {
    ...gradients,
    // The forward kernels, unlike those of the gradients, know dilation and every padding.
    forward(x, filter, bias) {
      const pad = explicitPad(window);
      const attributes = { strides, pad, dataFormat: NHWC, dilations: [...window.dilate] };
      if (bias === undefined) return runKernel("Conv2D", { x, filter }, attributes);
      return runKernel("FusedConv2D", { x, filter, bias }, { ...attributes, activation: "linear" });
    },
  };
}

function undilated2d(window: ConvolutionWindow): Omit<Convolver, "forward"> {
  const attributes = { strides: [...window.stride], dataFormat: NHWC };
  return {
    filterGradient(x, dy, filterShape) {
      const { pad, rows } = gradientPadding(window, spatial(x.shape));
      const inputs = { x: padRows(x, rows, 0), dy };
      return runKernel("Conv2DBackpropFilter", inputs, { ...attributes, pad, filterShape: [...filterShape] });
    },
    inputGradient(dy, filter, inputShape) {
      const { pad, rows } = gradientPadding(window, spatial(inputShape));
      const framedShape = framed(inputShape, rows);
      const dx = runKernel("Conv2DBackpropInput", { dy, filter }, { ...attributes, pad, inputShape: framedShape });
      return unpadRows(dx, rows);
    },
  };
}

/** Convolution over three axes; tfjs pads there only by itself. */
export function dense3d(window: ConvolutionWindow): Convolver {
  if (window.dilate.some((step) => step > 1)) return dilated(window, dense3d);
  const rows = bothEnds(window.pad);
  const attributes = { strides: [...window.stride], pad: "valid" };
  return {
    forward(x, filter) {
      const inputs = { x: padRows(x, rows, 0), filter };
      return runKernel("Conv3D", inputs, { ...attributes, dataFormat: "NDHWC", dilations: [1, 1, 1] });
    },
    filterGradient(x, dy, filterShape) {
      const inputs = { x: padRows(x, rows, 0), dy };
      return runKernel("Conv3DBackpropFilterV2", inputs, { ...attributes, filterShape: [...filterShape] });
    },
    inputGradient(dy, filter, inputShape) {
      const attributesOfShape = { ...attributes, inputShape: framed(inputShape, rows) };
      return unpadRows(runKernel("Conv3DBackpropInputV2", { dy, filter }, attributesOfShape), rows);
    },
  };
}

/**
 * Convolution over two axes where each input channel has output channels of its own: filter (kernel..., 1, O), of which
 * channel c has those from c * O/C on, as MXNet's groups of one channel have.
 */
export function depthwise2d(window: ConvolutionWindow): Convolver {
  // The tensorflow backend leaves dilations out on the CPU.
  if (window.dilate.some((step) => step > 1)) return dilated(window, depthwise2d);
  const [stride = 1] = window.stride;
  const attributes = { strides: [stride, stride], dataFormat: NHWC, dilations: [1, 1] };
  const native = (shape: Shape, channels: number): [number, number, number, number] => {
    const [height = 1, width = 1, , outputs = 1] = shape;
    return [height, width, channels, outputs / channels];
  };
  return {
    forward(x, filter) {
      const reshaped = tf.reshape(filter, native(filter.shape, x.shape.at(-1) ?? 1));
      return runKernel("DepthwiseConv2dNative", { x, filter: reshaped }, { ...attributes, pad: explicitPad(window) });
    },
    filterGradient(x, dy, filterShape) {
      const { pad, rows } = gradientPadding(window, spatial(x.shape));
      const inputs = { x: padRows(x, rows, 0), dy };
      const nativeShape = native(filterShape, x.shape.at(-1) ?? 1);
      const attributesOfShape = { ...attributes, pad, filterShape: nativeShape };
      return tf.reshape(runKernel("DepthwiseConv2dNativeBackpropFilter", inputs, attributesOfShape), [...filterShape]);
    },
    inputGradient(dy, filter, inputShape) {
      const { pad, rows } = gradientPadding(window, spatial(inputShape));
      const reshaped = tf.reshape(filter, native(filter.shape, inputShape.at(-1) ?? 1));
      const attributesOfShape = { ...attributes, pad, inputShape: framed(inputShape, rows) };
      return unpadRows(
        runKernel("DepthwiseConv2dNativeBackpropInput", { dy, filter: reshaped }, attributesOfShape),
        rows,
      );
    },
  };
}

/** Convolution in groups of channels that do not see each other. */
export function grouped(convolver: Convolver, groups: number): Convolver {
  const split = (x: tf.Tensor) => tf.split(x, groups, -1);
  const paired = (a: tf.Tensor, b: tf.Tensor, compute: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor) => {
    const parts = split(b);
    return tf.concat(
      split(a).flatMap((part, i) => {
        const other = parts[i];
        return other === undefined ? [] : [compute(part, other)];
      }),
      -1,
    );
  };
  return {
    forward: (x, filter) => paired(x, filter, (part, own) => convolver.forward(part, own)),
    filterGradient(x, dy, filterShape) {
      const shape = filterShape.with(-1, (filterShape.at(-1) ?? 0) / groups);
      return paired(x, dy, (part, own) => convolver.filterGradient(part, own, shape));
    },
    inputGradient(dy, filter, inputShape) {
      const shape = inputShape.with(-1, (inputShape.at(-1) ?? 0) / groups);
      return paired(dy, filter, (part, own) => convolver.inputGradient(part, own, shape));
    },
  };
}

/**
 * A dilated convolution as a sum of convolutions with the points of the window, each on its own part of the input:
 * the gradient kernels know no dilation, and no product is computed in vain.
 */
function dilated(window: ConvolutionWindow, base: (window: ConvolutionWindow) => Convolver): Convolver {
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
      const paddedShape = framed(inputShape, rows);
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
