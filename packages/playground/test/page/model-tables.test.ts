import { expect, test } from "vitest";
import { runWords } from "../../src/page/model-tables.ts";
import type { BackendRun, OutputView } from "../../src/protocol/model-messages.ts";

const scores: OutputView = {
  name: "softmax_output",
  shape: [1, 10],
  min: 0,
  max: 0.9,
  mean: 0.1,
  top: [{ index: 4, value: 0.9 }],
};
const run = (backend: BackendRun["backend"], rest: Partial<BackendRun> = {}): BackendRun => ({
  backend,
  outputs: [scores],
  firstTime: 5,
  time: 1,
  magnitude: 0.9,
  ...rest,
});

test.for([
  {
    name: "one backend",
    runs: [run("wasm")],
    refusals: [],
    words: "Done on wasm. softmax_output is largest for 4, with 0.9.",
  },
  {
    name: "a comparison",
    runs: [run("wasm"), run("cpu", { difference: 0.25 }), run("webgl", { difference: 0.5 })],
    refusals: [],
    words: "Done on wasm, cpu, webgl. softmax_output is largest for 4, with 0.9. Largest difference: 0.5.",
  },
  {
    name: "a backend that refuses",
    runs: [run("wasm", { outputs: [{ ...scores, top: [] }] })],
    refusals: [{ backend: "webgpu" as const, message: "No." }],
    words: "Done on wasm. It does not run on webgpu.",
  },
  {
    name: "none that works",
    runs: [],
    refusals: [{ backend: "webgpu" as const, message: "No." }],
    words: "It does not run on webgpu.",
  },
  { name: "no run yet", runs: [], refusals: [], words: "" },
])("what came out, in words: $name", ({ runs, refusals, words }) => {
  expect(runWords({ runs, refusals })).toBe(words);
});
