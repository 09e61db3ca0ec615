import { ValueError } from "@mxgraft/base";
import type { ROIAlignAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { channelsLast } from "../nn/channels-last.ts";
import { readFloats } from "./read-floats.ts";

const f = Math.fround;

/** A place between two rows, or columns, of data, with the weights of both. */
interface Sample {
  readonly low: number;
  readonly high: number;
  readonly lowWeight: number;
  readonly highWeight: number;
}

/** The row of data at a place; none more than one row outside of data. */
function sampleAt(place: number, size: number): Sample | undefined {
  if (place < -1 || place > size) return undefined;
  const inside = Math.max(place, 0);
  const low = Math.min(Math.trunc(inside), size - 1);
  if (low === size - 1) return { low, high: low, lowWeight: 1, highWeight: 0 };
  return { low, high: low + 1, lowWeight: 1 - (inside - low), highWeight: inside - low };
}

/** The samples of each bin of a box along one axis; those outside of data are left out but count. */
function binsOf(
  from: number,
  to: number,
  { spatial_scale, sample_ratio, aligned }: ROIAlignAttributes,
  count: number,
  size: number,
): { readonly bins: Sample[][]; readonly samples: number } {
  const shift = aligned ? 0.5 : 0;
  const start = f(f(from * f(spatial_scale)) - shift);
  const end = f(f(to * f(spatial_scale)) - shift);
  const length = aligned ? f(end - start) : Math.max(f(end - start), 1);
  const step = f(length / count);
  const samples = sample_ratio > 0 ? sample_ratio : Math.ceil(step);
  const bins = Array.from({ length: count }, (_, bin) =>
    Array.from({ length: samples }, (_, i) =>
      sampleAt(f(start + bin * step + ((i + 0.5) * step) / samples), size),
    ).filter((sample) => sample !== undefined),
  );
  return { bins, samples };
}

/** Calls `visit` for each pixel that each bin reads: where the bin and the pixel lie in memory, and the weight. */
function eachPixel(
  boxes: Float32Array,
  attributes: ROIAlignAttributes,
  [batch = 1, height = 1, width = 1]: readonly number[],
  visit: (bin: number, pixel: number, weight: number) => void,
): void {
  const [pooledHeight = 1, pooledWidth = 1] = attributes.pooled_size;
  for (let r = 0; r < boxes.length / 5; r++) {
    const [image = -1, x1 = 0, y1 = 0, x2 = 0, y2 = 0] = boxes.subarray(r * 5, r * 5 + 5);
    const n = Math.trunc(image);
    if (n < 0) continue;
    if (n >= batch || (attributes.aligned && !(x2 > x1 && y2 > y1))) {
      throw new ValueError(
        `argument "rois", row ${r}: image ${n}, box (${x1}, ${y1}, ${x2}, ${y2}); expected an image below ${batch} and, with "aligned", a box that is not empty.`,
        { argument: "rois", actual: [image, x1, y1, x2, y2], expected: batch },
      );
    }
    const rows = binsOf(y1, y2, attributes, pooledHeight, height);
    const columns = binsOf(x1, x2, attributes, pooledWidth, width);
    const share = 1 / (rows.samples * columns.samples);
    for (const [p, ys] of rows.bins.entries()) {
      for (const [q, xs] of columns.bins.entries()) {
        const bin = (r * pooledHeight + p) * pooledWidth + q;
        for (const y of ys) {
          for (const x of xs) {
            const low = (n * height + y.low) * width;
            const high = (n * height + y.high) * width;
            visit(bin, low + x.low, y.lowWeight * x.lowWeight * share);
            visit(bin, low + x.high, y.lowWeight * x.highWeight * share);
            visit(bin, high + x.low, y.highWeight * x.lowWeight * share);
            visit(bin, high + x.high, y.highWeight * x.highWeight * share);
          }
        }
      }
    }
  }
}

/** The channel of data for channel 0 of a bin, and the step to that of the next channel. */
function channelsOf({ position_sensitive, pooled_size: [height = 1, width = 1] }: ROIAlignAttributes) {
  const bins = height * width;
  return (bin: number) => (position_sensitive ? { first: bin % bins, step: bins } : { first: 0, step: 1 });
}

/** On the host: how many samples a bin has depends on its box. With channels last, neighbours in memory are added. */
const portable: TfjsKernel<ROIAlignAttributes> = {
  asynchronous: true,
  layouts: () => ({ arguments: [channelsLast(4), undefined], outputs: [channelsLast(4)] }),
  async forward({ attributes, inputs: [data, rois], outputShapes: [shape = []] }) {
    if (!data || !rois) return [];
    const [count = 0, pooled = 1, height = 1, width = 1] = shape;
    const channels = data.shape[3] ?? 1;
    const [values, boxes] = await Promise.all([readFloats(data), readFloats(rois)]);
    const output = new Float32Array(count * height * width * pooled);
    const channelOf = channelsOf(attributes);
    eachPixel(boxes, attributes, data.shape, (bin, pixel, weight) => {
      const { first, step } = channelOf(bin);
      for (let c = 0; c < pooled; c++) {
        const at = bin * pooled + c;
        output[at] = (output[at] ?? 0) + weight * (values[pixel * channels + first + c * step] ?? 0);
      }
    });
    return [tf.tensor(output, [count, height, width, pooled])];
  },
  async backward({ attributes, inputs: [, rois], headGradients: [dy], inputShapes: [shape = []] }) {
    if (!rois || !dy) return [];
    const [batch = 1, channels = 1, height = 1, width = 1] = shape;
    const pooled = dy.shape[3] ?? 1;
    const [heads, boxes] = await Promise.all([readFloats(dy), readFloats(rois)]);
    const gradient = new Float32Array(batch * height * width * channels);
    const channelOf = channelsOf(attributes);
    eachPixel(boxes, attributes, [batch, height, width], (bin, pixel, weight) => {
      const { first, step } = channelOf(bin);
      for (let c = 0; c < pooled; c++) {
        const at = pixel * channels + first + c * step;
        gradient[at] = (gradient[at] ?? 0) + weight * (heads[bin * pooled + c] ?? 0);
      }
    });
    return [tf.tensor(gradient, [batch, height, width, channels])];
  },
};

/** Kernels of _contrib_ROIAlign. */
export const roiAlignKernels: KernelTable<ROIAlignAttributes> = { portable };
