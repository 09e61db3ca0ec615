import type { Shape } from "@mxgraft/base";
import type { PoolingWindow } from "@mxgraft/operators";
import * as tf from "@tensorflow/tfjs";
import { framedShape, padRows, type Rows, unpadRows } from "./pad-rows.ts";
import { runKernel } from "./run-kernel.ts";

/** Pooling of channels-last tensors (N, sizes..., C) and its gradient; what becomes of a window is the pooler's. */
export interface Pooler {
  forward(x: tf.Tensor): tf.Tensor;
  /**
   * @param x  the input; what is read of it besides the shape is the pooler's.
   * @param y  the output of forward.
   */
  backward(dy: tf.Tensor, x: Lazy, y: Lazy): tf.Tensor;
}

/** A tensor whose values may not be needed, nor be there. */
export interface Lazy {
  readonly shape: number[];
  values(): tf.Tensor;
}

/** The part of a window that a pooler needs. */
export type PoolerWindow = Pick<PoolingWindow, "kernel" | "stride" | "pad" | "padEnd">;

/** The rows around the data that the windows reach; they may also leave rows at the end out. */
function reachedRows({ pad, padEnd }: PoolerWindow): Rows {
  return { before: pad, after: padEnd.map((rows) => Math.max(rows, 0)) };
}

function kernelAttributes({ kernel, stride }: PoolerWindow) {
  // Rows that the windows leave out are what "valid" leaves out, too.
  return { filterSize: [...kernel], strides: [...stride], pad: "valid" };
}

/** What MXNet starts a maximum from: the lowest float32, which is also the maximum of a window without data. */
const LOWEST = -3.4028234663852886e38;

/** The maximum of each window. Padding never wins. */
function max2d(window: PoolerWindow): Pooler {
  const attributes = kernelAttributes(window);
  const rows = reachedRows(window);
  const padded = (x: tf.Tensor) => padRows(x, rows, LOWEST);
  return {
    forward: (x) => runKernel("MaxPool", { x: padded(x) }, attributes),
    backward(dy, x, y) {
      const inputs = { dy, input: padded(x.values()), output: y.values() };
      return unpadRows(runKernel("MaxPoolGrad", inputs, attributes), rows);
    },
  };
}

/** The sum of each window over the number of its points; padding is 0. */
function mean2d(window: PoolerWindow): Pooler {
  const attributes = kernelAttributes(window);
  const rows = reachedRows(window);
  return {
    forward: (x) => runKernel("AvgPool", { x: padRows(x, rows, 0) }, attributes),
    backward(dy, x) {
      // The kernel reads nothing but the shape of its input.
      const input = tf.zeros(framedShape(x.shape, rows));
      return unpadRows(runKernel("AvgPoolGrad", { dy, input }, attributes), rows);
    },
  };
}

/** The axes of a window from one on up to another. */
function axesOf(window: PoolerWindow, from: number, to: number): PoolerWindow {
  const { kernel, stride, pad, padEnd } = window;
  return {
    kernel: kernel.slice(from, to),
    stride: stride.slice(from, to),
    pad: pad.slice(from, to),
    padEnd: padEnd.slice(from, to),
  };
}

/** A window over one axis as one over two, of which the second has size 1. */
function lifted({ kernel, stride, pad, padEnd }: PoolerWindow): PoolerWindow {
  return { kernel: [...kernel, 1], stride: [...stride, 1], pad: [...pad, 0], padEnd: [...padEnd, 0] };
}

function reshaped(x: Lazy, shape: number[]): Lazy {
  return { shape, values: () => tf.reshape(x.values(), shape) };
}

/** A pooler of tensors of one shape, run on tensors of another. */
function onShape(pooler: Pooler, inside: number[], insideOutput: (y: Shape) => number[]): Pooler {
  return {
    forward: (x) => pooler.forward(tf.reshape(x, inside)),
    backward: (dy, x, y) =>
      tf.reshape(
        pooler.backward(
          tf.reshape(dy, insideOutput(dy.shape)),
          reshaped(x, inside),
          reshaped(y, insideOutput(y.shape)),
        ),
        x.shape,
      ),
  };
}

function pool1d(pool2d: (window: PoolerWindow) => Pooler, window: PoolerWindow, [n, w, c]: Shape): Pooler {
  const inner = onShape(pool2d(lifted(window)), [n ?? 1, w ?? 1, 1, c ?? 1], (y) => [...y].toSpliced(2, 0, 1));
  return { ...inner, forward: (x) => tf.squeeze(inner.forward(x), [2]) };
}

/**
 * Pooling over three axes, as no embedded backend has the gradients of all kinds: first over the last two, then over
 * the first. The maximum of maxima also keeps the order in which ties are broken.
 */
function pool3d(pool2d: (window: PoolerWindow) => Pooler, window: PoolerWindow, shape: Shape): Pooler {
  const [n = 1, d = 1, h = 1, w = 1, c = 1] = shape;
  const planes = pool2d(axesOf(window, 1, 3));
  const depth = pool2d(lifted(axesOf(window, 0, 1)));
  const flat = [n * d, h, w, c];
  const pooledPlanes = (x: tf.Tensor) => planes.forward(tf.reshape(x, flat));
  const columns = ([, h2 = 1, w2 = 1]: Shape) => [n, d, h2 * w2, c];
  return {
    forward(x) {
      const pooled = pooledPlanes(x);
      const [, h2 = 1, w2 = 1] = pooled.shape;
      const y = depth.forward(tf.reshape(pooled, columns(pooled.shape)));
      return tf.reshape(y, [n, y.shape[1] ?? 1, h2, w2, c]);
    },
    backward(dy, x, y) {
      const [, d2 = 1, h2 = 1, w2 = 1] = dy.shape;
      const inside = [n, d2, h2 * w2, c];
      const between: Lazy = {
        shape: [n, d, h2 * w2, c],
        values: () => tf.reshape(pooledPlanes(x.values()), [n, d, h2 * w2, c]),
      };
      const dBetween = depth.backward(tf.reshape(dy, inside), between, reshaped(y, inside));
      const planesShape = [n * d, h2, w2, c];
      const dPlanes = tf.reshape(dBetween, planesShape);
      return tf.reshape(planes.backward(dPlanes, reshaped(x, flat), reshaped(between, planesShape)), x.shape);
    },
  };
}

/** The pooler of a kind for data of a shape (N, sizes..., C) with one to three sizes. */
export function poolerOf(kind: "max" | "mean", window: PoolerWindow, shape: Shape): Pooler {
  const pool2d = kind === "max" ? max2d : mean2d;
  switch (shape.length) {
    case 3:
      return pool1d(pool2d, window, shape);
    case 5:
      return pool3d(pool2d, window, shape);
    default:
      return pool2d(window);
  }
}
