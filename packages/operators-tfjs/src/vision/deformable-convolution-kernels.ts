import type { Shape } from "@mxgraft/base";
import { type DeformableConvolutionAttributes, windowOf } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { readFloats } from "./read-floats.ts";

interface Sizes {
  readonly batch: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly outHeight: number;
  readonly outWidth: number;
}

function sizesOf([batch = 1, channels = 1, height = 1, width = 1]: Shape, offset: Shape): Sizes {
  const [, , outHeight = 1, outWidth = 1] = offset;
  return { batch, channels, height, width, outHeight, outWidth };
}

/** The four pixels around a place, by their index in a map, -1 outside of it; how far it is from the first of them. */
interface Corners {
  readonly at: readonly [number, number, number, number];
  readonly y: number;
  readonly x: number;
}

/** The pixels around a place; none where it counts as 0. */
function cornersOf(y: number, x: number, { height, width }: Sizes, masked: boolean): Corners | undefined {
  if (y >= height || x >= width) return undefined;
  const [top, left] = [Math.floor(y), Math.floor(x)];
  if (masked) {
    if (y <= -1 || x <= -1) return undefined;
    const at = (row: number, column: number) =>
      row < 0 || row >= height || column < 0 || column >= width ? -1 : row * width + column;
    return {
      at: [at(top, left), at(top, left + 1), at(top + 1, left), at(top + 1, left + 1)],
      y: y - top,
      x: x - left,
    };
  }
  if (y < 0 || x < 0) return undefined;
  const [bottom, right] = [Math.min(top + 1, height - 1), Math.min(left + 1, width - 1)];
  const at = [top * width + left, top * width + right, bottom * width + left, bottom * width + right] as const;
  return { at, y: bottom === top ? 0 : y - top, x: right === left ? 0 : x - left };
}

type Visit = (column: number, map: number, corners: Corners, offset: number, mask: number) => void;

/**
 * Calls `visit` for each place the window looks at: where it lies in the columns (C K, N, L), which map of data (n, c)
 * it is on, and where its offset in y and its weight in the mask are. The offset in x lies `places` further.
 */
function eachPlace(
  attributes: DeformableConvolutionAttributes,
  sizes: Sizes,
  offsets: Float32Array,
  masked: boolean,
  visit: Visit,
): void {
  const { kernel, stride, dilate, pad } = windowOf(attributes);
  const { batch, channels, outHeight, outWidth } = sizes;
  const [rows = 1, columns = 1] = kernel;
  const groups = attributes.num_deformable_group;
  const points = rows * columns;
  const places = outHeight * outWidth;
  for (let c = 0; c < channels; c++) {
    const group = Math.floor(c / (channels / groups));
    for (let point = 0; point < points; point++) {
      const dy = Math.floor(point / columns) * (dilate[0] ?? 1) - (pad[0] ?? 0);
      const dx = (point % columns) * (dilate[1] ?? 1) - (pad[1] ?? 0);
      for (let n = 0; n < batch; n++) {
        const first = (n * groups + group) * points + point;
        for (let place = 0; place < places; place++) {
          const offset = 2 * first * places + place;
          const y = Math.floor(place / outWidth) * (stride[0] ?? 1) + dy + (offsets[offset] ?? 0);
          const x = (place % outWidth) * (stride[1] ?? 1) + dx + (offsets[offset + places] ?? 0);
          const corners = cornersOf(y, x, sizes, masked);
          if (!corners) continue;
          const column = ((c * points + point) * batch + n) * places + place;
          visit(column, n * channels + c, corners, offset, first * places + place);
        }
      }
    }
  }
}

/** The values of the four corners of a place. */
function valuesAt(data: Float32Array, start: number, { at }: Corners): [number, number, number, number] {
  const value = (i: number) => (i < 0 ? 0 : (data[start + i] ?? 0));
  return [value(at[0]), value(at[1]), value(at[2]), value(at[3])];
}

function interpolated([a, b, c, d]: readonly [number, number, number, number], { y, x }: Corners): number {
  return (1 - y) * ((1 - x) * a + x * b) + y * ((1 - x) * c + x * d);
}

/** What the window sees: (C K, N L) as (G, C/G K, N L). */
function columnsOf(
  attributes: DeformableConvolutionAttributes,
  sizes: Sizes,
  [data, offsets, masks]: readonly Float32Array[],
  masked: boolean,
): Float32Array {
  const { batch, channels, height, width, outHeight, outWidth } = sizes;
  const points = attributes.kernel.reduce((product, size) => product * size, 1);
  const columns = new Float32Array(channels * points * batch * outHeight * outWidth);
  if (!data || !offsets) return columns;
  eachPlace(attributes, sizes, offsets, masked, (column, map, corners, _, mask) => {
    const value = interpolated(valuesAt(data, map * height * width, corners), corners);
    columns[column] = masks ? value * (masks[mask] ?? 0) : value;
  });
  return columns;
}

/** On the host the window gathers what it sees, where it is bent to; the rest is a product of matrices. */
export function deformableConvolutionKernels(masked: boolean): KernelTable<DeformableConvolutionAttributes> {
  const weightAt = masked ? 3 : 2;
  const portable: TfjsKernel<DeformableConvolutionAttributes> = {
    asynchronous: true,
    async forward({ attributes, inputs, outputShapes: [output = []] }) {
      const [data, offset] = inputs;
      const weight = inputs[weightAt];
      const bias = inputs[weightAt + 1];
      if (!data || !offset || !weight) return [];
      const sizes = sizesOf(data.shape, offset.shape);
      const values = await Promise.all(inputs.slice(0, weightAt).map(readFloats));
      const columns = columnsOf(attributes, sizes, values, masked);
      const { num_group: groups, num_filter } = attributes;
      return tf.tidy(() => {
        const filters = tf.reshape(weight, [groups, num_filter / groups, -1]);
        const seen = tf.tensor(columns, [
          groups,
          filters.shape[2] ?? 1,
          columns.length / groups / (filters.shape[2] ?? 1),
        ]);
        const product = tf.reshape(tf.matMul(filters, seen), [
          num_filter,
          sizes.batch,
          sizes.outHeight,
          sizes.outWidth,
        ]);
        const result = tf.reshape(tf.transpose(product, [1, 0, 2, 3]), [...output]);
        return [bias ? tf.add(result, tf.reshape(bias, [1, -1, 1, 1])) : result];
      });
    },
    async backward({ attributes, inputs, headGradients: [dy], wanted }) {
      const [data, offset] = inputs;
      const weight = inputs[weightAt];
      if (!dy || !data || !offset || !weight) return [];
      const sizes = sizesOf(data.shape, offset.shape);
      const given = await Promise.all(inputs.slice(0, weightAt).map(readFloats));
      const [values, offsets, masks] = given;
      if (!values || !offsets) return [];
      const columns = columnsOf(attributes, sizes, given, masked);
      const { num_group: groups, num_filter } = attributes;
      const { height, width, outHeight, outWidth } = sizes;
      const [seenGradient, dWeight, dBias] = tf.tidy(() => {
        const heads = tf.reshape(tf.transpose(dy, [1, 0, 2, 3]), [groups, num_filter / groups, -1]);
        const filters = tf.reshape(weight, [groups, num_filter / groups, -1]);
        const seen = tf.tensor(columns, [groups, filters.shape[2] ?? 1, heads.shape[2] ?? 1]);
        const weightGradient = tf.reshape(tf.matMul(heads, seen, false, true), weight.shape);
        return [tf.matMul(filters, heads, true, false), weightGradient, tf.sum(dy, [0, 2, 3])] as const;
      });
      const slopes = await readFloats(seenGradient);
      const dData = new Float32Array(values.length);
      const dOffset = new Float32Array(offsets.length);
      const dMask = new Float32Array(masks?.length ?? 0);
      const places = outHeight * outWidth;
      eachPlace(attributes, sizes, offsets, masked, (column, map, corners, from, mask) => {
        const slope = slopes[column] ?? 0;
        const share = masks ? slope * (masks[mask] ?? 0) : slope;
        const start = map * height * width;
        const around = valuesAt(values, start, corners);
        const [a, b, c, d] = around;
        const { y, x } = corners;
        const parts = [(1 - y) * (1 - x), (1 - y) * x, y * (1 - x), y * x];
        for (const [i, at] of corners.at.entries()) {
          if (at >= 0) dData[start + at] = (dData[start + at] ?? 0) + share * (parts[i] ?? 0);
        }
        dOffset[from] = (dOffset[from] ?? 0) + share * ((1 - x) * (c - a) + x * (d - b));
        dOffset[from + places] = (dOffset[from + places] ?? 0) + share * ((1 - y) * (b - a) + y * (d - c));
        if (masks) dMask[mask] = (dMask[mask] ?? 0) + slope * interpolated(around, corners);
      });
      seenGradient.dispose();
      const gradients = [
        tf.tensor(dData, data.shape),
        tf.tensor(dOffset, offset.shape),
        ...(masks ? [tf.tensor(dMask, inputs[2]?.shape)] : []),
        dWeight,
        dBias,
      ];
      return gradients.map((gradient, i) => {
        if (wanted[i]) return gradient;
        gradient.dispose();
        return undefined;
      });
    },
  };
  return { portable };
}
