import { ValueError } from "@mxgraft/base";
import type { PSROIPoolingAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { readFloats } from "./read-floats.ts";

const f = Math.fround;

/** Rounds like C: halves away from zero. */
function rounded(value: number): number {
  return Math.sign(value) * Math.floor(Math.abs(value) + 0.5);
}

interface Bin {
  readonly start: number;
  /** The first row that is not in it. */
  readonly end: number;
}

/** The bins of a box along one axis of data, from its first pixel to the end of its last. */
function binsOf(from: number, to: number, scale: number, count: number, size: number): Bin[] {
  const start = f(rounded(from) * f(scale));
  const end = f((rounded(to) + 1) * f(scale));
  const step = f(Math.max(f(end - start), f(0.1)) / count);
  const inside = (row: number) => Math.min(Math.max(row, 0), size);
  return Array.from({ length: count }, (_, i) => ({
    start: inside(Math.floor(f(f(i * step) + start))),
    end: inside(Math.ceil(f(f((i + 1) * step) + start))),
  }));
}

/** Calls `visit` for each pixel of each bin: where the output and the pixel lie in memory, and the weight. */
function eachPixel(
  boxes: Float32Array,
  { spatial_scale, output_dim, pooled_size, group_size }: PSROIPoolingAttributes,
  [batch = 1, channels = 1, height = 1, width = 1]: readonly number[],
  visit: (output: number, pixel: number, weight: number) => void,
): void {
  const groups = group_size || pooled_size;
  const groupOf = (bin: number) => Math.min(Math.floor((bin * groups) / pooled_size), groups - 1);
  for (let r = 0; r < boxes.length / 5; r++) {
    const [image = -1, x1 = 0, y1 = 0, x2 = 0, y2 = 0] = boxes.subarray(r * 5, r * 5 + 5);
    const n = Math.trunc(image);
    if (!(n >= 0 && n < batch)) {
      throw new ValueError(`argument "rois", row ${r}: image ${n}, expected one of 0..${batch - 1}.`, {
        argument: "rois",
        actual: n,
        expected: batch,
      });
    }
    const rows = binsOf(y1, y2, spatial_scale, pooled_size, height);
    const columns = binsOf(x1, x2, spatial_scale, pooled_size, width);
    for (let d = 0; d < output_dim; d++) {
      for (const [p, y] of rows.entries()) {
        for (const [q, x] of columns.entries()) {
          const channel = (d * groups + groupOf(p)) * groups + groupOf(q);
          const output = ((r * output_dim + d) * pooled_size + p) * pooled_size + q;
          const share = 1 / ((y.end - y.start) * (x.end - x.start));
          for (let h = y.start; h < y.end; h++) {
            for (let w = x.start; w < x.end; w++) {
              visit(output, ((n * channels + channel) * height + h) * width + w, share);
            }
          }
        }
      }
    }
  }
}

/** On the host: bins have different sizes. */
const portable: TfjsKernel<PSROIPoolingAttributes> = {
  asynchronous: true,
  async forward({ attributes, inputs: [data, rois], outputShapes: [shape = []] }) {
    if (!data || !rois) return [];
    const [values, boxes] = await Promise.all([readFloats(data), readFloats(rois)]);
    const output = new Float64Array(shape.reduce((product, size) => product * size, 1));
    eachPixel(boxes, attributes, data.shape, (to, pixel, weight) => {
      output[to] = (output[to] ?? 0) + weight * (values[pixel] ?? 0);
    });
    return [tf.tensor(Float32Array.from(output), [...shape])];
  },
  async backward({ attributes, inputs: [, rois], headGradients: [dy], inputShapes: [shape = []] }) {
    if (!rois || !dy) return [];
    const [heads, boxes] = await Promise.all([readFloats(dy), readFloats(rois)]);
    const gradient = new Float64Array(shape.reduce((product, size) => product * size, 1));
    eachPixel(boxes, attributes, shape, (from, pixel, weight) => {
      gradient[pixel] = (gradient[pixel] ?? 0) + weight * (heads[from] ?? 0);
    });
    return [tf.tensor(Float32Array.from(gradient), [...shape])];
  },
};

/** Kernels of _contrib_PSROIPooling. */
export const psROIPoolingKernels: KernelTable<PSROIPoolingAttributes> = { portable };
