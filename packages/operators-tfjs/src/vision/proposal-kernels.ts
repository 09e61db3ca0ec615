import type { ProposalAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { readFloats } from "./read-floats.ts";

const f = Math.fround;

/** Numbers of a candidate: x1, y1, x2, y2, score. */
const WIDTH = 5;

/** The anchors of one place, x1, y1, x2, y2 in pixels from the place. */
function anchorsOf({ feature_stride: stride, ratios, scales }: ProposalAttributes): readonly (readonly number[])[] {
  const center = 0.5 * (stride - 1);
  return ratios.flatMap((ratio) =>
    scales.map((scale) => {
      const width = Math.floor(f(Math.sqrt(Math.floor(f((stride * stride) / f(ratio)))) + 0.5)) * f(scale);
      const height = Math.floor(f((width / f(scale)) * f(ratio)) + 0.5) * f(scale);
      const [x, y] = [0.5 * (width - 1), 0.5 * (height - 1)];
      return [center - x, center - y, center + x, center + y];
    }),
  );
}

interface Image {
  /** (A, H, W): probabilities of objects. */
  readonly scores: Float32Array;
  /** (4 A, H, W) */
  readonly deltas: Float32Array;
  readonly height: number;
  readonly width: number;
  /** Height, width and scale of the image. */
  readonly info: Float32Array;
}

/** Center and size of a box moved by deltas, or its corners. */
function movedBox(box: readonly number[], deltas: readonly number[], corners: boolean): number[] {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box;
  const [a = 0, b = 0, c = 0, d = 0] = deltas;
  if (corners) return [x1 + a, y1 + b, x2 + c, y2 + d];
  const width = f(x2 - x1 + 1);
  const height = f(y2 - y1 + 1);
  const x = f(f(a * width) + f(x1 + 0.5 * (width - 1)));
  const y = f(f(b * height) + f(y1 + 0.5 * (height - 1)));
  const halfWidth = 0.5 * (f(f(Math.exp(c)) * width) - 1);
  const halfHeight = 0.5 * (f(f(Math.exp(d)) * height) - 1);
  return [x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight];
}

/** All anchors of an image moved by their deltas, clipped to it, in MXNet's order: row, column, anchor. */
function candidatesOf({ scores, deltas, height, width, info }: Image, attributes: ProposalAttributes): Float32Array {
  const { feature_stride: stride, iou_loss, rpn_min_size } = attributes;
  const anchors = anchorsOf(attributes);
  const [imageHeight = 0, imageWidth = 0, scale = 1] = info;
  const realRows = Math.trunc(imageHeight / stride);
  const realColumns = Math.trunc(imageWidth / stride);
  const least = f(rpn_min_size * scale);
  const places = height * width;
  const found = new Float32Array(places * anchors.length * WIDTH);
  let at = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const place = row * width + column;
      for (const [a, [x1 = 0, y1 = 0, x2 = 0, y2 = 0]] of anchors.entries()) {
        const shifted = [x1 + column * stride, y1 + row * stride, x2 + column * stride, y2 + row * stride];
        const own = [0, 1, 2, 3].map((k) => deltas[(a * 4 + k) * places + place] ?? 0);
        for (const [k, edge] of movedBox(shifted, own, iou_loss).entries()) {
          found[at + k] = Math.max(Math.min(edge, (k % 2 === 0 ? imageWidth : imageHeight) - 1), 0);
        }
        found[at + 4] = row >= realRows || column >= realColumns ? -1 : (scores[a * places + place] ?? 0);
        const [left = 0, top = 0, right = 0, bottom = 0] = found.subarray(at, at + 4);
        if (f(f(right - left) + 1) < least || f(f(bottom - top) + 1) < least) {
          // What MXNet does to boxes that are too small: they can still fill up the output.
          const grown = [left - least / 2, top - least / 2, right + least / 2, bottom + least / 2, -1];
          found.set(grown, at);
        }
        at += WIDTH;
      }
    }
  }
  return found;
}

/** The best boxes, at most `rpn_post_nms_top_n` of them, none of which overlaps a better one too much. */
function proposed(candidates: Float32Array, attributes: ProposalAttributes): number[] {
  const { rpn_pre_nms_top_n, rpn_post_nms_top_n, threshold } = attributes;
  const count = candidates.length / WIDTH;
  const compared = rpn_pre_nms_top_n > 0 ? Math.min(rpn_pre_nms_top_n, count) : count;
  const score = (i: number) => candidates[i * WIDTH + 4] ?? 0;
  const order = Array.from({ length: count }, (_, i) => i)
    .sort((i, j) => score(j) - score(i))
    .slice(0, compared);
  const [x1, y1, x2, y2] = [0, 1, 2, 3].map((k) => Float32Array.from(order, (i) => candidates[i * WIDTH + k] ?? 0)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const area = x1.map((left, i) => f(f((x2[i] ?? 0) - left + 1) * f((y2[i] ?? 0) - (y1[i] ?? 0) + 1)));
  const limit = f(threshold);
  const gone = new Uint8Array(compared);
  const kept: number[] = [];
  for (let i = 0; i < compared && kept.length < Math.min(rpn_post_nms_top_n, compared); i++) {
    if (gone[i]) continue;
    kept.push(order[i] ?? 0);
    const [left = 0, top = 0, right = 0, bottom = 0, own = 0] = [x1[i], y1[i], x2[i], y2[i], area[i]];
    for (let j = i + 1; j < compared; j++) {
      if (gone[j]) continue;
      const width = f(Math.min(right, x2[j] ?? 0) - Math.max(left, x1[j] ?? 0) + 1);
      const height = f(Math.min(bottom, y2[j] ?? 0) - Math.max(top, y1[j] ?? 0) + 1);
      if (width <= 0 || height <= 0) continue;
      const shared = f(width * height);
      if (f(shared / f(f(own + (area[j] ?? 0)) - shared)) > limit) gone[j] = 1;
    }
  }
  return kept;
}

/** The kernels of Proposal and MultiProposal, on the host: whether a box stays depends on all better ones. */
const portable: TfjsKernel<ProposalAttributes> = {
  asynchronous: true,
  async forward({ attributes, inputs }) {
    const [batch = 1, channels = 1, height = 1, width = 1] = inputs[0]?.shape ?? [];
    const [scores, deltas, info] = await Promise.all(inputs.map(readFloats));
    if (!scores || !deltas || !info) return [];
    const count = attributes.rpn_post_nms_top_n;
    const places = height * width;
    const rois = new Float32Array(batch * count * 5);
    const values = new Float32Array(batch * count);
    for (let n = 0; n < batch; n++) {
      const image = {
        // The probabilities of background come first.
        scores: scores.subarray((n * channels + channels / 2) * places, (n + 1) * channels * places),
        deltas: deltas.subarray(n * channels * 2 * places, (n + 1) * channels * 2 * places),
        height,
        width,
        info: info.subarray(n * 3, n * 3 + 3),
      };
      const candidates = candidatesOf(image, attributes);
      const kept = proposed(candidates, attributes);
      for (let i = 0; i < count; i++) {
        const from = (kept[i % kept.length] ?? 0) * WIDTH;
        const to = n * count + i;
        rois[to * 5] = n;
        rois.set(candidates.subarray(from, from + 4), to * 5 + 1);
        values[to] = candidates[from + 4] ?? 0;
      }
    }
    return [tf.tensor(rois, [batch * count, 5]), tf.tensor(values, [batch * count, 1])];
  },
  backward: () => [],
};

/** Kernels of _contrib_Proposal and _contrib_MultiProposal. */
export const proposalKernels: KernelTable<ProposalAttributes> = { portable };
