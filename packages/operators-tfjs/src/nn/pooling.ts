import { type Shape, sizeOf } from "@mxgraft/base";
import { type PoolingAttributes, type PoolingWindow, poolingWindow } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { channelsLast } from "./channels-last.ts";
import { given } from "./given.ts";
import { type Pooler, poolerOf } from "./pooler.ts";

/**
 * What the mean over a whole window, padding and all, is multiplied with: one number, or one for each place, of shape
 * (1, sizes'..., 1).
 */
function factorOf(
  attributes: PoolingAttributes,
  window: PoolingWindow,
  sizes: Shape,
  old: boolean,
): tf.Tensor | number {
  const points = sizeOf(window.kernel);
  if (attributes.pool_type !== "avg") return points;
  if (old || attributes.global_pool) return 1;
  const countsPad = attributes.count_include_pad ?? true;
  const rows = window.output.map((count, axis) => {
    const [size = 0, kernel = 1] = [sizes[axis], window.kernel[axis]];
    const pad = window.pad[axis] ?? 0;
    return Float32Array.from({ length: count }, (_, i) => {
      const start = i * (window.stride[axis] ?? 1) - pad;
      const end = Math.min(start + kernel, countsPad ? size + pad : size);
      const points = end - (countsPad ? start : Math.max(start, 0));
      // The last window of convention "full" can lie outside of the data.
      return points > 0 ? kernel / points : 0;
    });
  });
  if (rows.every((factors) => factors.every((factor) => factor === 1))) return 1;
  return rows
    .map((factors, axis) =>
      tf.reshape(
        tf.tensor1d(factors),
        rows.map((_, i) => (i === axis ? -1 : 1)),
      ),
    )
    .reduce((product, factors) => tf.mul(product, factors))
    .expandDims(0)
    .expandDims(-1);
}

function power(x: tf.Tensor, p: number): tf.Tensor {
  if (p === 2) return tf.square(x);
  return p === 3 ? tf.mul(x, tf.square(x)) : x;
}

function root(x: tf.Tensor, p: number): tf.Tensor {
  if (p === 2) return tf.sqrt(x);
  return p === 3 ? tf.mul(tf.sign(x), tf.pow(tf.abs(x), 1 / 3)) : x;
}

function scaled(x: tf.Tensor, factor: tf.Tensor | number): tf.Tensor {
  return factor === 1 ? x : tf.mul(x, factor);
}

interface Prepared {
  readonly pooler: Pooler;
  factor(): tf.Tensor | number;
}

function prepare(attributes: PoolingAttributes, shape: Shape, old: boolean): Prepared {
  const sizes = shape.slice(1, -1);
  const window = poolingWindow(attributes, sizes, old);
  const pooler = poolerOf(attributes.pool_type === "max" ? "max" : "mean", window, shape);
  return { pooler, factor: () => factorOf(attributes, window, sizes, old) };
}

/** The shape of data in channels-last order. */
function channelsLastShape(shape: Shape, { layout }: PoolingAttributes): number[] {
  const [batch = 0, channels = 0, ...sizes] = shape;
  return layout?.endsWith("C") ? [...shape] : [batch, ...sizes, channels];
}

function poolingKernel(old: boolean): TfjsKernel<PoolingAttributes> {
  return {
    layouts({ layout }, [data = []]) {
      const own = layout?.endsWith("C") ? undefined : channelsLast(data.length);
      return { arguments: [own], outputs: [own] };
    },
    forward({ attributes, inputs }) {
      const data = given(inputs[0], "data");
      const { pool_type, p_value } = attributes;
      const { pooler, factor } = prepare(attributes, data.shape, old);
      if (pool_type === "max") return [pooler.forward(data)];
      if (pool_type !== "lp") return [scaled(pooler.forward(data), factor())];
      const p = p_value ?? 1;
      return [root(scaled(pooler.forward(power(data, p)), factor()), p)];
    },
    backward({ attributes, inputs, outputs, headGradients: [dy], inputShapes: [shape = []] }) {
      if (!dy) return [];
      const { pool_type, p_value } = attributes;
      const dataShape = channelsLastShape(shape, attributes);
      const { pooler, factor } = prepare(attributes, dataShape, old);
      const absent = { shape: dataShape, values: () => tf.zeros(dataShape) };
      if (pool_type === "avg" || pool_type === "sum") return [pooler.backward(scaled(dy, factor()), absent, absent)];
      const data = given(inputs[0], "data");
      const output = given(outputs[0], "output");
      const read = (x: tf.Tensor) => ({ shape: x.shape, values: () => x });
      if (pool_type === "max") return [pooler.backward(dy, read(data), read(output))];
      const p = p_value ?? 1;
      const spread = (gradient: tf.Tensor) => pooler.backward(scaled(gradient, factor()), absent, absent);
      if (p === 1) return [spread(dy)];
      // Where a window is all zeros MXNet's gradient is 0/0; 0 is the one that is of use.
      const perWindow = tf.divNoNan(dy, power(output, p - 1));
      return [tf.mul(spread(perWindow), power(data, p - 1))];
    },
  };
}

/** Kernels of Pooling. */
export const poolingKernels: KernelTable<PoolingAttributes> = { portable: poolingKernel(false) };

/** Kernels of Pooling_v1. */
export const poolingV1Kernels: KernelTable<PoolingAttributes> = { portable: poolingKernel(true) };
