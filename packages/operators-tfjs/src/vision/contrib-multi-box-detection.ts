import type { MultiBoxDetectionAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { boxOverlap } from "./box-overlap.ts";
import { readFloats } from "./read-floats.ts";

/** Numbers of a detection: class, probability, x1, y1, x2, y2. */
const WIDTH = 6;

/** The box that an anchor becomes when it is moved by an offset. */
function movedBox(
  anchor: Float32Array,
  offset: Float32Array,
  { variances, clip }: MultiBoxDetectionAttributes,
): readonly number[] {
  const [vx = 1, vy = 1, vw = 1, vh = 1] = variances;
  const [left = 0, top = 0, right = 0, bottom = 0] = anchor;
  const [px = 0, py = 0, pw = 0, ph = 0] = offset;
  const [width, height] = [right - left, bottom - top];
  const x = px * vx * width + (left + right) / 2;
  const y = py * vy * height + (top + bottom) / 2;
  const w = (Math.exp(pw * vw) * width) / 2;
  const h = (Math.exp(ph * vh) * height) / 2;
  const box = [x - w, y - h, x + w, y + h];
  return clip ? box.map((edge) => Math.min(Math.max(edge, 0), 1)) : box;
}

/** Brings the first `count` detections into the order of their probability and takes out those that overlap better ones. */
function suppress(found: Float32Array, count: number, attributes: MultiBoxDetectionAttributes): void {
  const { nms_threshold, nms_topk, force_suppress } = attributes;
  const rows = found.slice(0, count * WIDTH);
  const probability = (i: number) => rows[i * WIDTH + 1] ?? 0;
  const order = Array.from({ length: count }, (_, i) => i).sort((i, j) => probability(j) - probability(i));
  const kept = nms_topk > 0 ? Math.min(nms_topk, count) : count;
  // As in MXNet the rows after those that are kept stay as they were, without a class.
  for (let i = kept; i < count; i++) found[i * WIDTH] = -1;
  for (const [i, from] of order.slice(0, kept).entries()) {
    found.set(rows.subarray(from * WIDTH, (from + 1) * WIDTH), i * WIDTH);
  }
  const threshold = Math.fround(nms_threshold);
  for (let i = 0; i < kept; i++) {
    const own = found[i * WIDTH] ?? -1;
    if (own < 0) continue;
    for (let j = i + 1; j < kept; j++) {
      const other = found[j * WIDTH] ?? -1;
      if (other < 0 || !(force_suppress || own === other)) continue;
      if (boxOverlap(found, i * WIDTH + 2, found, j * WIDTH + 2) >= threshold) found[j * WIDTH] = -1;
    }
  }
}

/** On the host: whether a box stays depends on all better ones. */
const portable: TfjsKernel<MultiBoxDetectionAttributes> = {
  asynchronous: true,
  async forward({ attributes, inputs, outputShapes: [output = []] }) {
    const [batch = 1, classes = 1, anchors = 1] = inputs[0]?.shape ?? [];
    const [scores, offsets, boxes] = await Promise.all(inputs.map(readFloats));
    if (!scores || !offsets || !boxes) return [];
    const result = new Float32Array(batch * anchors * WIDTH).fill(-1);
    const threshold = Math.fround(attributes.threshold);
    for (let n = 0; n < batch; n++) {
      const found = result.subarray(n * anchors * WIDTH, (n + 1) * anchors * WIDTH);
      let count = 0;
      for (let i = 0; i < anchors; i++) {
        let [score, own] = [-1, 0];
        for (let c = 1; c < classes; c++) {
          const value = scores[(n * classes + c) * anchors + i] ?? 0;
          if (value > score) [score, own] = [value, c];
        }
        if (own === 0 || score < threshold) continue;
        const offset = offsets.subarray((n * anchors + i) * 4, (n * anchors + i + 1) * 4);
        const box = movedBox(boxes.subarray(i * 4, i * 4 + 4), offset, attributes);
        found.set([own - 1, score, ...box], count * WIDTH);
        count++;
      }
      if (count > 0 && attributes.nms_threshold > 0 && attributes.nms_threshold <= 1)
        suppress(found, count, attributes);
    }
    return [tf.tensor(result, [...output])];
  },
  backward: () => [],
};

/** Kernels of _contrib_MultiBoxDetection. */
export const multiBoxDetectionKernels: KernelTable<MultiBoxDetectionAttributes> = { portable };
