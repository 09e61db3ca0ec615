import { type Shape, sizeOf, stridesOf } from "@mxgraft/base";
import { type Im2colAttributes, im2colPlaces, windowOf } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { atLattice, type Lattice, latticeElements } from "./lattice.ts";
import { part } from "./part.ts";

interface Taps {
  /** Where each point of the window falls on the padded data. */
  readonly lattices: readonly Lattice[];
  /** Shape of what one point covers. */
  readonly covered: Shape;
  readonly paddings: [number, number][];
}

function tapsOf(attributes: Im2colAttributes, data: Shape): Taps {
  const { kernel, stride, dilate, pad } = windowOf(attributes);
  const strides = stridesOf(kernel);
  const lattices = Array.from({ length: sizeOf(kernel) }, (_, tap): Lattice => {
    const offset = kernel.map((size, i) => (Math.floor(tap / (strides[i] ?? 1)) % size) * (dilate[i] ?? 1));
    return { begin: [0, 0, ...offset], step: [1, 1, ...stride] };
  });
  return {
    lattices,
    covered: [...data.slice(0, 2), ...im2colPlaces(attributes, data)],
    paddings: [[0, 0], [0, 0], ...pad.map((rows): [number, number] => [rows, rows])],
  };
}

/** What a window covers at each of its places, in a shape (N, C K, L). */
export function columnsOf(attributes: Im2colAttributes, data: tf.Tensor, shape: Shape): tf.Tensor {
  const { lattices, covered, paddings } = tapsOf(attributes, data.shape);
  const padded = tf.pad(data, paddings);
  const columns = lattices.map((lattice) => latticeElements(padded, lattice, covered));
  return tf.reshape(tf.stack(columns, 2), [...shape]);
}

/** The sum of what columns give to each element of an image of a shape. */
export function imageOf(attributes: Im2colAttributes, columns: tf.Tensor, shape: Shape): tf.Tensor {
  const { lattices, covered, paddings } = tapsOf(attributes, shape);
  const [batch = 1, channels = 1, ...places] = covered;
  const taps = tf.reshape(columns, [batch, channels, lattices.length, sizeOf(places)]);
  const padded = shape.map((size, i) => size + 2 * (paddings[i]?.[0] ?? 0));
  const sum = tf.addN(
    lattices.map((lattice, i) => atLattice(tf.reshape(part(taps, 2, i, 1), [...covered]), lattice, padded)),
  );
  return tf.slice(
    sum,
    paddings.map(([before]) => before),
    [...shape],
  );
}

const portable: TfjsKernel<Im2colAttributes> = {
  forward({ attributes, inputs: [data], outputShapes: [shape] }) {
    return data && shape ? [columnsOf(attributes, data, shape)] : [];
  },
  backward({ attributes, headGradients: [dy], inputShapes: [shape] }) {
    return dy && shape ? [imageOf(attributes, dy, shape)] : [];
  },
};

/** Kernels of im2col. */
export const im2colKernels: KernelTable<Im2colAttributes> = { portable };
