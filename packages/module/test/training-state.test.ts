import { FormatError } from "@mxgraft/base";
import { expect, test } from "vitest";
import { parseTrainingState, type TrainingState } from "../src/module/training-state.ts";

const state: TrainingState = {
  format: "mxgraft-training-1",
  epoch: 3,
  optimizer: "adam",
  progress: {
    numUpdate: 30,
    counts: [
      [0, 30],
      ["w", 29],
    ],
    scheduler: { baseLr: 0.1, numbers: [2] },
    numbers: [0.5],
  },
  data: { position: 40, random: { generator: [1, 2, 3, 4], spare: 0.25 }, carried: [7, 8] },
  random: { initializer: { generator: [1, 2, 3, 4] }, executor: { generator: [5, 6, 7, 8], spare: -1 } },
};

test("a training state survives JSON", () => {
  expect(parseTrainingState(JSON.stringify(state))).toEqual(state);
});

const damaged = (change: (copy: Record<string, unknown>) => void) => {
  const copy = JSON.parse(JSON.stringify(state));
  change(copy);
  return JSON.stringify(copy);
};

test.for([
  ["{", "run.json: is not JSON, expected a training state."],
  ["[]", '"training state" is not an object'],
  [damaged((copy) => (copy.format = "2")), '"format" is not "mxgraft-training-1"'],
  [damaged((copy) => (copy.epoch = "3")), '"epoch" is not a number'],
  [damaged((copy) => delete copy.optimizer), '"optimizer" is not a name'],
  [
    damaged((copy) => (copy.progress = { numUpdate: 1, counts: [[{}, 1]] })),
    '"progress.counts[0]" is not an index and a number',
  ],
  [damaged((copy) => (copy.data = { position: 0, carried: [1, null] })), '"data.carried[1]" is not a number'],
  [
    damaged((copy) => (copy.random = { initializer: { generator: 1 } })),
    '"random.initializer.generator" is not a list',
  ],
] as const)("%# is refused", ([text, message]) => {
  const parse = () => parseTrainingState(text, { file: "run.json" });
  expect(parse).toThrow(FormatError);
  expect(parse).toThrow(message);
});
