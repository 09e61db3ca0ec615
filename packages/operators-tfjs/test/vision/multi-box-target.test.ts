import { float32Array, toFloat32 } from "@mxgraft/base";
import { setBackend } from "@mxgraft/tfjs";
import { beforeAll, expect, test } from "vitest";
import { applyKernel } from "../norm-loss/apply-kernel.ts";

beforeAll(async () => {
  await setBackend("cpu");
});

// Four anchors side by side, an object on the first; the second is half covered by it (overlap 1/3).
const anchor = float32Array([1, 4, 4], [0, 0, 0.2, 1, 0.1, 0, 0.3, 1, 0.4, 0, 0.6, 1, 0.6, 0, 0.8, 1]);
const label = float32Array([1, 2, 5], [2, 0, 0, 0.2, 1, -1, -1, -1, -1, -1]);
// Scores of the background, then of one class: the fourth anchor looks least like background, then the third.
const scores = float32Array([1, 2, 4], [0, -5, 1, 0, 0, 0, 0, 0.5]);

const cases = [
  { name: "without mining all others are background", attributes: {}, want: [3, 0, 0, 0] },
  { name: "mining takes the hardest", attributes: { negative_mining_ratio: "1" }, want: [3, 0, -1, -1] },
  {
    name: "mining leaves out what overlaps an object too much",
    attributes: { negative_mining_ratio: "2", negative_mining_thresh: "0.3" },
    want: [3, -1, 0, 0],
  },
  {
    name: "anchors above the threshold belong to the object, too",
    attributes: { overlap_threshold: "0.3", ignore_label: "-2", negative_mining_ratio: "0.5" },
    want: [3, 3, -2, 0],
  },
];

test.for(cases)("$name", async ({ attributes, want }) => {
  const { outputs } = await applyKernel({
    operator: "_contrib_MultiBoxTarget",
    attributes,
    arguments: [anchor, label, scores],
  });
  expect(outputs[2] && [...toFloat32(outputs[2])]).toEqual(want);
});

test("a sample without objects does not count at all", async () => {
  const { outputs } = await applyKernel({
    operator: "_contrib_MultiBoxTarget",
    attributes: {},
    arguments: [anchor, float32Array([1, 1, 5], [-1, -1, -1, -1, -1]), scores],
  });
  expect(outputs[2] && [...toFloat32(outputs[2])]).toEqual([-1, -1, -1, -1]);
});
