import type { ROIPoolingAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { channelsLast } from "../nn/channels-last.ts";
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

/** The bins of a box along one axis of data, from its first to its last pixel. */
function binsOf(from: number, to: number, scale: number, count: number, size: number): Bin[] {
  const start = rounded(f(from * f(scale)));
  const length = Math.max(rounded(f(to * f(scale))) - start + 1, 1);
  const step = f(length / count);
  const inside = (row: number) => Math.min(Math.max(row + start, 0), size);
  return Array.from({ length: count }, (_, i) => ({
    start: inside(Math.floor(f(i * step))),
    end: inside(Math.ceil(f((i + 1) * step))),
  }));
}

/**
 * On the host: bins have different sizes, and each reads its part of data once. With channels last the innermost loop
 * goes over neighbours in memory.
 */
const portable: TfjsKernel<ROIPoolingAttributes> = {
  asynchronous: true,
  layouts: () => ({ arguments: [channelsLast(4), undefined], outputs: [channelsLast(4), channelsLast(4)] }),
  async forward({ attributes: { pooled_size, spatial_scale }, inputs: [data, rois] }) {
    if (!data || !rois) return [];
    const [batch = 1, height = 1, width = 1, channels = 1] = data.shape;
    const [pooledHeight = 1, pooledWidth = 1] = pooled_size;
    const count = rois.shape[0] ?? 0;
    const [values, boxes] = await Promise.all([readFloats(data), readFloats(rois)]);
    const shape = [count, pooledHeight, pooledWidth, channels];
    const output = new Float32Array(count * pooledHeight * pooledWidth * channels);
    const index = new Int32Array(output.length).fill(-1);
    let to = 0;
    for (let r = 0; r < count; r++) {
      const [image = -1, x1 = 0, y1 = 0, x2 = 0, y2 = 0] = boxes.subarray(r * 5, r * 5 + 5);
      const n = Math.trunc(image);
      const rows = binsOf(y1, y2, spatial_scale, pooledHeight, height);
      const columns = binsOf(x1, x2, spatial_scale, pooledWidth, width);
      for (const y of rows) {
        for (const x of columns) {
          if (n >= 0 && n < batch && y.end > y.start && x.end > x.start) {
            output.fill(Number.NEGATIVE_INFINITY, to, to + channels);
            for (let h = y.start; h < y.end; h++) {
              for (let w = x.start; w < x.end; w++) {
                const from = ((n * height + h) * width + w) * channels;
                for (let c = 0; c < channels; c++) {
                  const value = values[from + c] ?? 0;
                  if (value > (output[to + c] ?? 0)) {
                    output[to + c] = value;
                    index[to + c] = from + c;
                  }
                }
              }
            }
          }
          to += channels;
        }
      }
    }
    return [tf.tensor(output, shape), tf.tensor(index, shape, "int32")];
  },
  async backward({ outputs: [, index], headGradients: [dy], inputShapes: [shape = []] }) {
    if (!index || !dy) return [];
    const [batch = 1, channels = 1, height = 1, width = 1] = shape;
    const [places, heads] = await Promise.all([index.data(), readFloats(dy)]);
    const gradient = new Float32Array(batch * channels * height * width);
    for (const [i, head] of heads.entries()) {
      const at = places[i] ?? -1;
      if (at >= 0) gradient[at] = (gradient[at] ?? 0) + head;
    }
    return [tf.tensor(gradient, [batch, height, width, channels])];
  },
};

/** Kernels of ROIPooling. */
export const roiPoolingKernels: KernelTable<ROIPoolingAttributes> = { portable };
