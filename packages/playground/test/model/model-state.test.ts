import { expect, test } from "vitest";
import { INITIAL_MODEL, type ModelEvent, reduceModel } from "../../src/model/model-state.ts";
import type { BackendRun, ModelView } from "../../src/protocol/model-messages.ts";

const VIEW: ModelView = {
  symbolName: "a-symbol.json",
  layers: [],
  parameters: 0,
  multiplyAdds: 0,
  inputs: [],
  problems: [],
  remarks: [],
  picture: "",
};
const RUN: BackendRun = { backend: "wasm", outputs: [], firstTime: 5, time: 1, magnitude: 1 };
const after = (...events: readonly ModelEvent[]) => events.reduce(reduceModel, INITIAL_MODEL);

test("runs are collected until all backends are through", () => {
  const state = after(
    { kind: "opened", view: VIEW },
    { kind: "runs" },
    { kind: "busy", what: "Running on wasm" },
    { kind: "ran", run: RUN },
    { kind: "refused", backend: "webgl", message: "No." },
  );
  expect(state).toMatchObject({
    running: true,
    busy: "Running on wasm",
    runs: [RUN],
    refusals: [{ backend: "webgl" }],
  });
  const done = reduceModel(state, { kind: "finished" });
  expect(done.running).toBe(false);
  expect(done.busy).toBeUndefined();
  expect(reduceModel(done, { kind: "runs" }).runs).toEqual([]);
});

test("other files forget the model, its runs and what went wrong", () => {
  const state = after({ kind: "opened", view: VIEW }, { kind: "ran", run: RUN }, { kind: "failed", message: "Oh." });
  expect(state.error).toBe("Oh.");
  const opening = reduceModel(state, { kind: "opening" });
  expect([opening.view, opening.error, opening.runs]).toEqual([undefined, undefined, []]);
});

test("a worker that was ended runs nothing", () => {
  const state = after({ kind: "runs" }, { kind: "busy", what: "Running on cpu" }, { kind: "stopped" });
  expect([state.running, state.busy]).toEqual([false, undefined]);
});

test("what the person did wrong does not end a run", () => {
  const state = after({ kind: "runs" }, { kind: "busy", what: "Running on cpu" }, { kind: "wrong", message: "No." });
  expect([state.running, state.busy, state.error]).toEqual([true, "Running on cpu", "No."]);
});
