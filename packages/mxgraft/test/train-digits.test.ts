import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseTrainingState } from "@mxgraft/module";
import { Module as NodeModule } from "@mxgraft/module/node";
import type { Snapshot } from "@mxgraft/plot";
import * as tf from "@tensorflow/tfjs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  type BatchReport,
  DIGITS_PRESETS,
  type DigitsSettings,
  drawnDigitData,
  type EpochReport,
  FeatureReader,
  featureFigures,
  type HostArray,
  lenet,
  Module,
  matchParameters,
  type Parameters,
  setBackend,
  type TrainDigitsOptions,
  trainDigits,
  UsageError,
} from "../src/index.ts";
import { moduleCheckpoint } from "../src/node/index.ts";

const data = drawnDigitData({ train: 100, test: 70, seed: 1 });
const settings: DigitsSettings = { ...DIGITS_PRESETS.demo, batchSize: 20, numEpochs: 2, lr: 0.03 };

let folder: string;
let tensors = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "train-digits-"));
  await setBackend("wasm");
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensors);
});
afterAll(() => rmSync(folder, { recursive: true }));

type Extra = Partial<TrainDigitsOptions<Module>>;

/** Trains and frees; gives what the callbacks were told. */
async function run({ createModule, ...extra }: Extra = {}) {
  const told = { batches: [] as BatchReport[], epochs: [] as EpochReport[], lines: [] as string[] };
  let made: Module | undefined;
  try {
    const { module, result } = await trainDigits({
      data,
      settings,
      createModule: (symbol, options) => {
        made = createModule?.(symbol, options) ?? new Module(symbol, options);
        return made;
      },
      onBatch: (report) => told.batches.push(report),
      onEpoch: (report) => told.epochs.push(report),
      log: (line) => told.lines.push(line),
      ...extra,
    });
    return { ...told, result, parameters: await module.getParams() };
  } finally {
    made?.dispose();
  }
}

/** One hash for each parameter: comparing half a million numbers one by one takes seconds. */
function digests({ parameters: { argParams, auxParams } }: { parameters: Parameters }) {
  const digest = ({ data }: HostArray) => createHash("sha256").update(data).digest("hex");
  return Object.fromEntries([...argParams, ...auxParams].map(([name, array]) => [name, digest(array)]));
}

test("tells of every batch and epoch, in the words of MXNet's log too", async () => {
  const { batches, epochs, lines, result } = await run();
  expect(batches.map(({ epoch, batch, batches }) => [epoch, batch, batches])).toEqual(
    [1, 2].flatMap((epoch) => Array.from({ length: 5 }, (_, i) => [epoch, i + 1, 5])),
  );
  expect(batches.at(-1)).toMatchObject({ lastEpoch: 2, secondsLeft: 0 });
  expect(result.epochs).toEqual(epochs);
  // Means over the epoch: the report of the last batch of an epoch is that of the epoch.
  expect(epochs[0]?.train.loss).toBe(batches[4]?.loss);
  expect(lines[0]).toBe(`Epoch[0] Train-accuracy=${epochs[0]?.train.accuracy.toFixed(6)}`);
  expect(lines).toContain(`Epoch[1] Validation-center_loss=${epochs[1]?.test.centerLoss.toFixed(6)}`);
  expect(lines.join("\n")).not.toContain("ignoring");
});

test("between the ends of epochs the metric is read as often as somebody wants to see it", async () => {
  let fetches = 0;
  const createModule = (...args: ConstructorParameters<typeof Module>) => {
    const module = new Module(...args);
    const fetch = module.fetchMetric.bind(module);
    module.fetchMetric = async () => {
      fetches++;
      await fetch();
    };
    return module;
  };
  const each = await run({ createModule });
  const often = fetches;
  const seldom = await run({ createModule, batchInterval: Number.POSITIVE_INFINITY });
  expect(seldom.batches.map(({ epoch, batch }) => [epoch, batch])).toEqual([1, 2].map((epoch) => [epoch, 5]));
  // The four other batches of each epoch.
  expect(often - (fetches - often)).toBe(2 * 4);
  expect(seldom.epochs.map(({ train, test }) => [train, test])).toEqual(
    each.epochs.map(({ train, test }) => [train, test]),
  );
  expect(digests(seldom)).toEqual(digests(each));
});

test("the figures are those of the trained parameters, read anew", async () => {
  const { result, parameters } = await run();
  const reader = new FeatureReader(lenet(settings), {
    parameters: new Map([...parameters.argParams, ...parameters.auxParams]),
    image: [28, 28],
    batchSize: 33,
  });
  const read = await reader.read(data.test);
  reader.dispose();
  const centers = Float32Array.from(parameters.auxParams.get("center_loss__center_bias")?.data ?? [], Number);
  const figures = featureFigures(read, centers);
  expect(figures.accuracy).toBeCloseTo(result.figures.accuracy, 6);
  expect(figures.centerLoss).toBeCloseTo(result.figures.centerLoss, 4);
  // The test accuracy of the log counts the same digits by the softmax output.
  expect(figures.accuracy).toBeCloseTo(result.epochs[1]?.test.accuracy ?? -1, 6);
});

test("snapshots are taken before the training and after each epoch", async () => {
  const snapshots: Snapshot[] = [];
  await run({ onSnapshot: (snapshot) => snapshots.push(snapshot) });
  expect(snapshots.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
  const [before, , after] = snapshots;
  expect(before?.train.labels).toHaveLength(100);
  expect(before?.test?.labels).toHaveLength(70);
  expect(before?.centers?.every((value) => value === 0)).toBe(true);
  expect(after?.centers?.some((value) => value !== 0)).toBe(true);
  expect(Object.keys(after?.metrics ?? {})).toContain("test center loss");
});

test("reading snapshots does not change the training", async () => {
  const plain = await run();
  const drawn = await run({ onSnapshot: () => {} });
  expect(digests(drawn)).toEqual(digests(plain));
});

test("the same seed gives the same numbers, another seed others", async () => {
  const [first, second, other] = [await run(), await run(), await run({ settings: { ...settings, seed: 2 } })];
  expect(digests(second)).toEqual(digests(first));
  expect(digests(other)).not.toEqual(digests(first));
});

test("a stopped run goes on from its checkpoint with the numbers of one that was never stopped", async () => {
  const prefix = join(folder, "resumed");
  const stop = new AbortController();
  const longer = { ...settings, numEpochs: 3 };
  const checkpointed = {
    settings: longer,
    createModule: (...args: ConstructorParameters<typeof NodeModule>) => new NodeModule(...args),
    checkpoint: (module: Module) => {
      if (!(module instanceof NodeModule)) throw new Error("not the module that was made");
      return moduleCheckpoint(module, prefix, { saveTrainingState: true });
    },
  };
  const whole = await run(checkpointed);
  rmSync(`${prefix}-0002.params`);
  rmSync(`${prefix}-0003.params`);
  await expect(
    run({
      ...checkpointed,
      signal: stop.signal,
      onBatch: ({ epoch, batch }) => epoch === 2 && batch === 3 && stop.abort(new Error("stopped")),
    }),
  ).rejects.toThrow("stopped");
  const training = readFileSync(`${prefix}-0001.training.json`, "utf8");
  const resumed = await run({
    settings: longer,
    resume: parseTrainingState(training),
    createModule: (_symbol, options) => NodeModule.resume(prefix, 1, options).module,
  });
  expect(resumed.epochs.map(({ epoch }) => epoch)).toEqual([2, 3]);
  expect(digests(resumed)).toEqual(digests(whole));
});

test("starts from the parameters of another network where they fit", async () => {
  const { parameters } = await run();
  const wider = { ...settings, embeddingSize: 4, numEpochs: 1, lr: 0 };
  const shapes = { data: [20, 1, 28, 28], softmax_label: [20], center_label: [20] };
  const { taken } = matchParameters(lenet(wider), shapes, parameters);
  const tuned = await run({ settings: wider, start: taken, beginEpoch: 2 });
  expect(tuned.epochs.map(({ epoch }) => epoch)).toEqual([3]);
  const name = "convolution0_weight";
  expect(tuned.parameters.argParams.get(name)).toEqual(parameters.argParams.get(name));
  expect(tuned.parameters.argParams.get("embedding_weight")?.shape).toEqual([4, 500]);
});

test("the graph needs the layer that is to be read, and the checkpoint its parameters", () => {
  const options = { parameters: new Map(), image: [28, 28] };
  expect(() => new FeatureReader(lenet(), { ...options, layer: "fc9_output" })).toThrow(UsageError);
  expect(() => new FeatureReader(lenet(), options)).toThrow('The checkpoint lacks "convolution0_weight"');
});

test("the preset of the MXNet program keeps its initial weights and its order", () => {
  expect(DIGITS_PRESETS.seed).toMatchObject({
    lr: 0.01,
    lrFactor: 0.5,
    lrFactorEpoch: 20,
    numEpochs: 20,
    lastBias: true,
    reshuffle: false,
    initializer: "program",
  });
});
