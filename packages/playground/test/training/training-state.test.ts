import { describe, expect, test } from "vitest";
import type { FeatureSnapshot } from "../../src/protocol/training-messages.ts";
import { DEFAULT_SETTINGS, settingsChange } from "../../src/protocol/training-settings.ts";
import { INITIAL_TRAINING, reduceTraining, type TrainingEvent } from "../../src/training/training-state.ts";

const after = (...events: readonly TrainingEvent[]) => events.reduce(reduceTraining, INITIAL_TRAINING);
const READY: TrainingEvent = { kind: "ready", settings: DEFAULT_SETTINGS, step: 0, running: false, asked: 0 };
const RUNNING: TrainingEvent = { kind: "running", running: true };
const PROGRESS: TrainingEvent = {
  kind: "progress",
  steps: [
    { step: 1, loss: 2.3, centerLoss: 0.1, accuracy: 0.1 },
    { step: 2, loss: 2.1, centerLoss: 0.2, accuracy: 0.3 },
  ],
  epoch: 0.02,
  samplesPerSecond: 500,
  tensors: 42,
};
const shot = (step: number): FeatureSnapshot => ({
  step,
  points: new Float32Array(2),
  centers: new Float32Array(2),
  predicted: new Uint8Array(1),
  accuracy: 0.5,
  separation: 1,
});

test("progress grows the curves", () => {
  const { step, tensors, curves, phase } = after(READY, RUNNING, PROGRESS);
  expect([phase, step, tensors]).toEqual(["running", 2, 42]);
  expect(curves.loss).toMatchObject({ x: [1, 2], y: [2.3, 2.1] });
  expect(curves.trainAccuracy.y).toEqual([0.1, 0.3]);
});

test("a snapshot of the same moment is shown, and counted once", () => {
  const state = after(
    READY,
    PROGRESS,
    { kind: "snapshot", snapshot: shot(2) },
    { kind: "snapshot", snapshot: shot(2) },
  );
  expect(state.curves.testAccuracy.x).toEqual([2]);
});

test("a new network forgets the curves; one that was kept does not", () => {
  const trained = after(READY, PROGRESS, { kind: "snapshot", snapshot: shot(2) });
  const kept = reduceTraining(trained, { ...READY, step: 2 });
  expect(kept.curves).toBe(trained.curves);
  const anew = reduceTraining(trained, READY);
  expect([anew.step, anew.curves.loss.x, anew.snapshot]).toEqual([0, [], undefined]);
});

describe("what the worker says to an earlier change", () => {
  const set = (change: Partial<typeof DEFAULT_SETTINGS>): TrainingEvent => ({
    kind: "set",
    settings: { ...DEFAULT_SETTINGS, ...change },
  });

  test("does not move the controls back", () => {
    const dragged = after(READY, set({ lambda: 0.9 }), set({ lambda: 0.8 }));
    const early = reduceTraining(dragged, { ...READY, settings: { ...DEFAULT_SETTINGS, lambda: 0.9 }, asked: 1 });
    expect(early.settings.lambda).toBe(0.8);
    const refused = reduceTraining(early, { ...READY, asked: 2 });
    expect(refused.settings.lambda).toBe(DEFAULT_SETTINGS.lambda);
  });

  test("does not end the waiting for a later one", () => {
    const waiting = after(READY, set({ lambda: 0.9 }), set({ lambda: 0.9, backend: "cpu" }));
    const early = reduceTraining(waiting, { ...READY, asked: 1 });
    expect([early.phase, early.settings.backend]).toEqual(["loading", "cpu"]);
    expect(reduceTraining(early, { ...READY, asked: 2 }).phase).toBe("paused");
  });
});

describe("after settings are set,", () => {
  test.for([
    { name: "another learning rate goes on", change: { learningRate: 0.1 }, what: "rate", phase: "running" },
    { name: "another lambda goes on", change: { lambda: 0.2 }, what: "graph", phase: "running" },
    { name: "another alpha goes on", change: { alpha: 0.2 }, what: "graph", phase: "running" },
    { name: "another batch size goes on", change: { batchSize: 64 }, what: "graph", phase: "running" },
    { name: "another backend has to be waited for", change: { backend: "cpu" }, what: "backend", phase: "loading" },
    { name: "another embedding has to be waited for", change: { embeddingSize: 8 }, what: "weights", phase: "loading" },
    { name: "the same settings go on", change: {}, what: "none", phase: "running" },
  ] as const)("$name", ({ change, what, phase }) => {
    const settings = { ...DEFAULT_SETTINGS, ...change };
    expect(settingsChange(DEFAULT_SETTINGS, settings)).toBe(what);
    expect(after(READY, RUNNING, { kind: "set", settings }).phase).toBe(phase);
  });
});

describe("a failure", () => {
  const failed: TrainingEvent = { kind: "failed", message: "No." };

  test("at the start leaves no network, and a new one forgets it", () => {
    const state = after({ kind: "busy", what: "Starting wasm" }, failed);
    expect([state.phase, state.error, state.busy]).toEqual(["empty", "No.", undefined]);
    expect(reduceTraining(state, READY)).toMatchObject({ phase: "paused" });
    expect(reduceTraining(state, READY).error).toBeUndefined();
  });

  test("of a change is told, and the network stays", () => {
    const settings = { ...DEFAULT_SETTINGS, backend: "webgl" } as const;
    const state = after(READY, PROGRESS, { kind: "set", settings }, { ...READY, step: 2, asked: 1 }, failed);
    expect([state.phase, state.error, state.settings.backend]).toEqual(["paused", "No.", "wasm"]);
  });

  test("is forgotten once it trains again", () => {
    expect(after(READY, failed, RUNNING).error).toBeUndefined();
  });
});
