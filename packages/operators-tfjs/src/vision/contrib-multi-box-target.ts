import type { MultiBoxTargetAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { boxOverlap } from "./box-overlap.ts";
import { readFloats } from "./read-floats.ts";

/** Overlaps from which an object can claim its best anchor. */
const LEAST_OVERLAP = 1e-6;

/** What becomes of an anchor. */
const IGNORED = -1;
const BACKGROUND = 0;
const OBJECT = 1;

interface Matches {
  /** The object that an anchor overlaps most, or has been claimed by; -1 for none. */
  readonly object: Int32Array;
  readonly overlap: Float32Array;
  readonly kind: Int8Array;
}

/** Gives each object, best pair first, the anchor it overlaps most, then each other anchor the object it overlaps enough. */
function match(overlaps: Float32Array, anchors: number, objects: number, threshold: number): Matches {
  const object = new Int32Array(anchors).fill(-1);
  const overlap = new Float32Array(anchors).fill(-1);
  const kind = new Int8Array(anchors).fill(IGNORED);
  const claimed = new Array<boolean>(objects).fill(false);
  for (let round = 0; round < objects; round++) {
    let [best, bestAnchor, bestObject] = [Math.fround(LEAST_OVERLAP), -1, -1];
    for (let i = 0; i < anchors; i++) {
      if (kind[i] === OBJECT) continue;
      for (let k = 0; k < objects; k++) {
        const value = overlaps[i * objects + k] ?? 0;
        if (!claimed[k] && value > best) [best, bestAnchor, bestObject] = [value, i, k];
      }
    }
    if (bestAnchor < 0) break;
    claimed[bestObject] = true;
    kind[bestAnchor] = OBJECT;
    object[bestAnchor] = bestObject;
    overlap[bestAnchor] = best;
  }
  for (let i = 0; i < anchors; i++) {
    if (kind[i] === OBJECT) continue;
    for (let k = 0; k < objects; k++) {
      const value = overlaps[i * objects + k] ?? 0;
      if (value > (overlap[i] ?? 0)) {
        overlap[i] = value;
        object[i] = k;
      }
    }
    if (threshold > 0 && (overlap[i] ?? 0) > threshold) kind[i] = OBJECT;
  }
  return { object, overlap, kind };
}

/** The softmax probability of the background for one anchor. */
function backgroundProbability(scores: Float32Array, first: number, classes: number, anchors: number): number {
  let high = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < classes; c++) high = Math.max(high, scores[first + c * anchors] ?? 0);
  let sum = 0;
  for (let c = 0; c < classes; c++) sum += Math.exp((scores[first + c * anchors] ?? 0) - high);
  return Math.fround(Math.exp((scores[first] ?? 0) - high) / sum);
}

/** Chooses the anchors that are background: all but those of objects, or those that look least like it. */
function chooseBackground(
  { overlap, kind }: Matches,
  { negative_mining_ratio: ratio, negative_mining_thresh: threshold }: MultiBoxTargetAttributes,
  probability: (anchor: number) => number,
): void {
  const others = [...kind.keys()].filter((i) => kind[i] !== OBJECT);
  if (ratio <= 0) {
    for (const i of others) kind[i] = BACKGROUND;
    return;
  }
  const wanted = Math.trunc((kind.length - others.length) * ratio);
  const hardest = others
    .filter((i) => (overlap[i] ?? 0) < Math.fround(threshold))
    .map((i) => ({ i, probability: probability(i) }))
    .sort((a, b) => a.probability - b.probability);
  // MXNet fails where there are fewer candidates than wanted; they are all taken.
  for (const { i } of hardest.slice(0, wanted)) kind[i] = BACKGROUND;
}

/** Where an object lies from an anchor, in units of the variances. */
function offsets(anchor: Float32Array, at: number, box: Float32Array, from: number, variances: readonly number[]) {
  const [vx = 1, vy = 1, vw = 1, vh = 1] = variances;
  const [al = 0, atop = 0, ar = 0, ab = 0] = anchor.subarray(at, at + 4);
  const [gl = 0, gt = 0, gr = 0, gb = 0] = box.subarray(from, from + 4);
  const [aw, ah] = [ar - al, ab - atop];
  return [
    ((gl + gr) / 2 - (al + ar) / 2) / aw / vx,
    ((gt + gb) / 2 - (atop + ab) / 2) / ah / vy,
    Math.log((gr - gl) / aw) / vw,
    Math.log((gb - gt) / ah) / vh,
  ];
}

/** On the host: matching goes from one pair to the next best. */
const portable: TfjsKernel<MultiBoxTargetAttributes> = {
  asynchronous: true,
  async forward({ attributes, inputs, outputShapes }) {
    const [batch = 1, most = 1, width = 5] = inputs[1]?.shape ?? [];
    const [, classes = 1, anchors = 1] = inputs[2]?.shape ?? [];
    const [anchor, labels, scores] = await Promise.all(inputs.map(readFloats));
    if (!anchor || !labels || !scores) return [];
    const locTarget = new Float32Array(batch * anchors * 4);
    const locMask = new Float32Array(batch * anchors * 4);
    const clsTarget = new Float32Array(batch * anchors).fill(attributes.ignore_label);
    for (let n = 0; n < batch; n++) {
      const own = labels.subarray(n * most * width, (n + 1) * most * width);
      let objects = 0;
      while (objects < most && own[objects * width] !== -1) objects++;
      if (objects === 0) continue;
      const overlaps = new Float32Array(anchors * objects);
      for (let i = 0; i < anchors; i++) {
        for (let k = 0; k < objects; k++) overlaps[i * objects + k] = boxOverlap(anchor, i * 4, own, k * width + 1);
      }
      const matches = match(overlaps, anchors, objects, attributes.overlap_threshold);
      const first = n * classes * anchors;
      chooseBackground(matches, attributes, (i) => backgroundProbability(scores, first + i, classes, anchors));
      for (const [i, kind] of matches.kind.entries()) {
        const at = n * anchors + i;
        if (kind === BACKGROUND) clsTarget[at] = 0;
        if (kind !== OBJECT) continue;
        const label = (matches.object[i] ?? 0) * width;
        clsTarget[at] = (own[label] ?? 0) + 1;
        locMask.fill(1, at * 4, at * 4 + 4);
        locTarget.set(offsets(anchor, i * 4, own, label + 1, attributes.variances), at * 4);
      }
    }
    return [locTarget, locMask, clsTarget].map((values, i) => tf.tensor(values, [...(outputShapes[i] ?? [])]));
  },
  backward: () => [],
};

/** Kernels of _contrib_MultiBoxTarget. */
export const multiBoxTargetKernels: KernelTable<MultiBoxTargetAttributes> = { portable };
