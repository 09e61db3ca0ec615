import { expect, test } from "vitest";
import { pictureWords, trainingNews } from "../../src/page/training-words.ts";
import type { FeatureSnapshot } from "../../src/protocol/training-messages.ts";
import { INITIAL_TRAINING, reduceTraining, type TrainingState } from "../../src/training/training-state.ts";

const shot = (step: number, accuracy: number): FeatureSnapshot => ({
  step,
  points: new Float32Array(2),
  centers: new Float32Array(2),
  predicted: new Uint8Array(1),
  accuracy,
  separation: 1.25,
});

/** A training that runs, after snapshots of these accuracies. */
function after(...accuracies: readonly number[]): TrainingState {
  let state: TrainingState = { ...INITIAL_TRAINING, phase: "running", step: 1200 };
  for (const [i, accuracy] of accuracies.entries()) {
    state = reduceTraining(state, { kind: "snapshot", snapshot: shot(i + 1, accuracy) });
  }
  return state;
}

test("pictures are told as they are, while it trains too", () => {
  expect(pictureWords(INITIAL_TRAINING).features).toMatch(/Training has not begun\.$/);
  const { features, accuracy, loss } = pictureWords(after(0.5, 0.915));
  expect(features).toBe(
    "Features of 400 digits and the centers of their classes. After 1\u202f200 batches 91.5\u202f% of the other digits are right. The classes' separation is 1.25.",
  );
  expect(accuracy).toBe("Accuracy over batches, now 91.5\u202f% on other digits and – in training");
  expect(loss).toBe("Loss over batches, now – softmax and – center loss");
});

test.for([
  { name: "the first half", from: [0.1], to: [0.1, 0.52], news: /52\.0/ },
  { name: "two marks at once", from: [0.1], to: [0.1, 0.92], news: /92\.0/ },
  { name: "nothing new", from: [0.52], to: [0.52, 0.7], news: undefined },
  { name: "a mark that was passed before", from: [0.52, 0.4], to: [0.52, 0.4, 0.55], news: undefined },
])("while it trains it says $name", ({ from, to, news }) => {
  const said = trainingNews(after(...to), after(...from));
  if (news === undefined) expect(said).toBeUndefined();
  else expect(said).toMatch(news);
});

test("start and pause are said", () => {
  const running = after(0.8);
  const paused = reduceTraining(running, { kind: "running", running: false });
  expect(trainingNews(running, INITIAL_TRAINING)).toBe("Training on wasm.");
  expect(trainingNews(paused, running)).toBeUndefined();
  const last = reduceTraining(paused, { kind: "snapshot", snapshot: shot(9, 0.85) });
  expect(trainingNews(last, paused)).toMatch(/^After 1\u202f200 batches 85\.0/);
});

test("a new network is said to be new", () => {
  const state: TrainingState = { ...INITIAL_TRAINING, phase: "paused", snapshot: shot(0, 0.1) };
  expect(trainingNews(state, INITIAL_TRAINING)).toBe("The network is new and has learned nothing yet.");
});
