import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { FileError, FormatError, float32Array, UsageError } from "@mxgraft/base";
import { loadStates } from "@mxgraft/files/node";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Constant } from "../src/index.ts";
import { doCheckpoint, latestCheckpoint, loadCheckpoint, Module, moduleCheckpoint } from "../src/node/index.ts";
import { linePoints, lineSymbol } from "./linear-graph.ts";

vi.mock("@mxgraft/executor", () => import("./linear-executor.ts"));
// The operator of the tests' graph is registered nowhere.
vi.mock("@mxgraft/symbol", async (original) => {
  const symbol = await original<typeof import("@mxgraft/symbol")>();
  return { ...symbol, loadJson: (text: string) => symbol.loadJson(text, { unknownOperators: "keep" }) };
});

let folder: string;
let prefix: string;
let lines: string[];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "module-"));
  prefix = path.join(folder, "line");
  lines = [];
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const options = () => ({ labelNames: ["line_label"], logger: (line: string) => void lines.push(line) });
const points = () => linePoints(25, { batchSize: 10, shuffle: true });
const training = { optimizer: "adam", evalMetric: "mse", numEpoch: 4 };

/** Without the auxiliary state, which the graph in a file does not have. */
function lineModule(): Module {
  const symbol = lineSymbol();
  symbol.listAuxiliaryStates = () => [];
  return new Module(symbol, options());
}

test("a checkpoint is three files with MXNet's names, and is read back", async () => {
  const module = lineModule();
  await module.fit(points(), {
    ...training,
    epochEndCallback: moduleCheckpoint(module, prefix, { period: 2, saveOptimizerStates: true }),
  });
  expect(fs.readdirSync(folder).sort()).toEqual([
    "line-0002.params",
    "line-0002.states",
    "line-0004.params",
    "line-0004.states",
    "line-symbol.json",
  ]);
  expect(lines.filter((line) => line.startsWith("Saved")).slice(0, 2)).toEqual([
    `Saved checkpoint to "${prefix}-0002.params"`,
    `Saved optimizer state to "${prefix}-0002.states"`,
  ]);
  const { states } = loadStates(`${prefix}-0004.states`);
  expect(Array.from(states, ([index, state]) => [index, Array.isArray(state) && state.length])).toEqual([
    [0, 2],
    [1, 2],
  ]);
  const loaded = Module.load(prefix, 4, { ...options(), loadOptimizerStates: true });
  expect(await loaded.getParams()).toEqual(await module.getParams());
  expect(loadCheckpoint(prefix, 4).symbol.listArguments()).toEqual(module.symbol.listArguments());
  loaded.bind({ dataShapes: { data: [10, 2] }, labelShapes: { line_label: [10] } });
  loaded.initOptimizer({ optimizer: "adam" });
  expect(await loaded.getOptimizerStates()).toEqual(await module.getOptimizerStates());
});

test("a run that was killed goes on from the newest complete checkpoint with the same numbers", async () => {
  const whole = lineModule();
  const saved = moduleCheckpoint(whole, prefix, { saveTrainingState: true });
  await whole.fit(points(), { ...training, epochEndCallback: saved });
  const final = fs.readFileSync(`${prefix}-0004.params`);
  // As if killed while the checkpoints of epochs 3 and 4 were written.
  fs.rmSync(`${prefix}-0003.training.json`);
  fs.rmSync(`${prefix}-0004.training.json`);
  fs.rmSync(`${prefix}-0004.states`);
  expect(latestCheckpoint(prefix)).toBe(2);
  const { module, resume } = Module.resume(prefix, undefined, options());
  expect(resume.epoch).toBe(2);
  await module.fit(points(), {
    ...training,
    resume,
    epochEndCallback: moduleCheckpoint(module, prefix, { saveTrainingState: true }),
  });
  expect(fs.readFileSync(`${prefix}-0004.params`).equals(final)).toBe(true);
  expect(latestCheckpoint(prefix)).toBe(4);
});

test("doCheckpoint writes graph and parameters", async () => {
  const module = lineModule();
  await module.fit(points(), { ...training, numEpoch: 1, epochEndCallback: doCheckpoint(prefix) });
  expect(fs.readdirSync(folder).sort()).toEqual(["line-0001.params", "line-symbol.json"]);
});

test("parameters and slots can be written by themselves", async () => {
  const module = lineModule();
  module.bind({ dataShapes: { data: [2, 2] } });
  module.initParams({ initializer: new Constant(3) });
  module.initOptimizer({ optimizerParams: { momentum: 0.9 } });
  await module.saveParams(`${prefix}.params`);
  await module.saveOptimizerStates(`${prefix}.states`);
  module.setParams({ fc_weight: float32Array([1, 2]), fc_bias: float32Array([1]) }, null);
  module.loadParams(`${prefix}.params`);
  module.loadOptimizerStates(`${prefix}.states`);
  expect((await module.getParams()).argParams.get("fc_weight")?.data).toEqual(Float32Array.from([3, 3]));
});

test("a folder that is not there stops the run and leaves nothing behind", async () => {
  const module = lineModule();
  const lost = path.join(folder, "lost", "line");
  const run = module.fit(points(), { ...training, epochEndCallback: doCheckpoint(lost) });
  await expect(run).rejects.toThrow(FileError);
  expect(fs.readdirSync(folder)).toEqual([]);
});

test("what cannot be resumed is said", () => {
  expect(latestCheckpoint(path.join(folder, "lost", "line"))).toBeUndefined();
  expect(() => Module.resume(prefix)).toThrow(UsageError);
  expect(() => Module.resume(prefix)).toThrow(`There is no checkpoint "${prefix}-NNNN.training.json" to resume from.`);
  fs.writeFileSync(`${prefix}-0001.training.json`, '{"format":"mxgraft-training-1"}');
  expect(() => Module.resume(prefix)).toThrow(FormatError);
  expect(() => Module.load(prefix, 1.5)).toThrow(
    `Checkpoint "${prefix}": the epoch is 1.5, expected an integer of 0 or more.`,
  );
  expect(() => Module.load(prefix, 1)).toThrow(FileError);
});
