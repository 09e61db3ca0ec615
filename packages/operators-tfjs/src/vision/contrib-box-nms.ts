import type { BoxNmsAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { boxOverlap } from "./box-overlap.ts";
import { readFloats } from "./read-floats.ts";

/** x1, y1, x2, y2 in place of x, y, width, height. */
function toCorners(box: Float32Array): void {
  const [x = 0, y = 0, width = 0, height = 0] = box;
  box.set([x - width / 2, y - height / 2, x + width / 2, y + height / 2]);
}

function toCenter(box: Float32Array): void {
  const [left = 0, top = 0, right = 0, bottom = 0] = box;
  box.set([(left + right) / 2, (top + bottom) / 2, right - left, bottom - top]);
}

/** The boxes of one list that stay, best first. */
function keptBoxes(boxes: Float32Array, width: number, attributes: BoxNmsAttributes): number[] {
  const { overlap_thresh, valid_thresh, topk, score_index, id_index, background_id } = attributes;
  const count = boxes.length / width;
  const score = (i: number) => boxes[i * width + score_index] ?? 0;
  const classOf = (i: number) => boxes[i * width + id_index] ?? 0;
  const valid = Array.from({ length: count }, (_, i) => i)
    .filter((i) => score(i) > Math.fround(valid_thresh) && (id_index < 0 || classOf(i) !== background_id))
    .sort((i, j) => score(j) - score(i))
    .slice(0, topk < 0 ? count : topk);
  const corners = new Float32Array(count * 4);
  for (const i of valid) {
    const box = corners.subarray(i * 4, i * 4 + 4);
    const from = i * width + attributes.coord_start;
    box.set(boxes.subarray(from, from + 4));
    if (attributes.in_format === "center") toCorners(box);
  }
  const kept: number[] = [];
  for (const i of valid) {
    const isGone = kept.some((better) => {
      if (!attributes.force_suppress && id_index >= 0 && Math.trunc(classOf(better)) !== Math.trunc(classOf(i))) {
        return false;
      }
      return boxOverlap(corners, better * 4, corners, i * 4) > Math.fround(overlap_thresh);
    });
    if (!isGone) kept.push(i);
  }
  return kept;
}

/** On the host: whether a box stays depends on all better ones. */
const portable: TfjsKernel<BoxNmsAttributes> = {
  asynchronous: true,
  async forward({ attributes, inputs: [data], outputShapes: [shape = [], recordShape = []] }) {
    if (!data) return [];
    const [count = 1, width = 1] = data.shape.slice(-2);
    const values = await readFloats(data);
    const lists = values.length / (count * width);
    // With topk 0 MXNet passes everything on.
    if (attributes.topk === 0) {
      const all = tf.range(0, lists * count);
      const record = tf.reshape(all, [...recordShape]);
      all.dispose();
      return [tf.clone(data), record];
    }
    const result = new Float32Array(values.length).fill(-1);
    const record = new Float32Array(lists * count).fill(-1);
    const convert =
      attributes.in_format === attributes.out_format
        ? undefined
        : attributes.out_format === "center"
          ? toCenter
          : toCorners;
    for (let list = 0; list < lists; list++) {
      const boxes = values.subarray(list * count * width, (list + 1) * count * width);
      for (const [to, from] of keptBoxes(boxes, width, attributes).entries()) {
        const row = result.subarray((list * count + to) * width, (list * count + to + 1) * width);
        row.set(boxes.subarray(from * width, (from + 1) * width));
        record[list * count + to] = list * count + from;
        const box = row.subarray(attributes.coord_start, attributes.coord_start + 4);
        // MXNet takes a box that begins left of 0 for an empty row.
        if (convert && (box[0] ?? -1) >= 0) convert(box);
      }
    }
    return [tf.tensor(result, [...shape]), tf.tensor(record, [...recordShape])];
  },
  async backward({ outputs: [, record], headGradients: [dy], inputShapes: [shape = []] }) {
    if (!record || !dy) return [];
    const width = shape.at(-1) ?? 1;
    const [from, heads] = await Promise.all([readFloats(record), readFloats(dy)]);
    const gradient = new Float32Array(heads.length);
    for (const [i, box] of from.entries()) {
      if (box >= 0) gradient.set(heads.subarray(i * width, (i + 1) * width), box * width);
    }
    return [tf.tensor(gradient, [...shape])];
  },
};

/** Kernels of _contrib_box_nms. */
export const boxNmsKernels: KernelTable<BoxNmsAttributes> = { portable };
