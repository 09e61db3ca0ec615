import { AttributeError, float32Array, ShapeError, UsageError } from "@mxgraft/base";
import { Accuracy, CustomMetric } from "@mxgraft/metric";
import { beforeEach, expect, test, vi } from "vitest";
import {
  type BatchEndParam,
  Constant,
  createOptimizer,
  FactorScheduler,
  Module,
  progressBar,
  speedometer,
  type TrainingState,
} from "../src/index.ts";
import { bound } from "./linear-executor.ts";
import { linePoints, lineSymbol } from "./linear-graph.ts";

vi.mock("@mxgraft/executor", () => import("./linear-executor.ts"));

const labelNames = ["line_label"];
let lines: string[] = [];

function lineModule(options: ConstructorParameters<typeof Module>[1] = {}): Module {
  return new Module(lineSymbol(), { labelNames, logger: (line) => lines.push(line), ...options });
}

function bindTo(module: Module, batchSize: number, options: Partial<Parameters<Module["bind"]>[0]> = {}): void {
  module.bind({ dataShapes: { data: [batchSize, 2] }, labelShapes: { line_label: [batchSize] }, ...options });
}

async function valuesOf(module: Module, name: string): Promise<number[]> {
  const { argParams, auxParams } = await module.getParams();
  return Array.from((argParams.get(name) ?? auxParams.get(name))?.data ?? [], Number);
}

/** Counts rows; its value is the number of rows it saw. */
function rowCounter(): CustomMetric {
  return new CustomMetric((label) => [label.data.length, 1], { name: "rows" });
}

beforeEach(() => {
  lines = [];
  bound.length = 0;
});

test("one step is MXNet's: gradients divided by the batch, no decay for a bias", async () => {
  const module = lineModule();
  bindTo(module, 2);
  module.initParams({ initializer: new Constant(0.5) });
  module.initOptimizer({ optimizerParams: { learningRate: 0.1, wd: 0.01 } });
  await module.forwardBackward({ data: [float32Array([2, 2], [1, 2, 3, 4])], label: [float32Array([2], [0, 1])] });
  await module.update();
  // line = (1.5, 3.5), diff = (1.5, 2.5): gradient of the weight (9, 13), of the bias 4; half of each is taken.
  const [first, second] = await valuesOf(module, "fc_weight");
  expect(first).toBeCloseTo(0.5 - 0.1 * (9 / 2 + 0.01 * 0.5), 6);
  expect(second).toBeCloseTo(0.5 - 0.1 * (13 / 2 + 0.01 * 0.5), 6);
  expect((await valuesOf(module, "fc_bias"))[0]).toBeCloseTo(0 - 0.1 * 2, 6);
  expect(await valuesOf(module, "seen_bias")).toEqual([1]);
  expect((await module.getOutputs())[0]?.data).toEqual(Float32Array.from([1.5, 3.5]));
});

test("fit learns the line and logs in MXNet's words", async () => {
  const module = lineModule({ seed: 5 });
  await module.fit(linePoints(40, { batchSize: 10, shuffle: true }), {
    evalData: linePoints(20, { batchSize: 10 }),
    evalMetric: "mse",
    optimizerParams: { learningRate: 0.5, momentum: 0.9 },
    numEpoch: 60,
  });
  const found = [...(await valuesOf(module, "fc_weight")), ...(await valuesOf(module, "fc_bias"))];
  for (const [i, value] of [2, -1, 1].entries()) expect(found[i]).toBeCloseTo(value, 2);
  expect(lines.slice(0, 3).map((line) => line.replace(/=.*/, ""))).toEqual([
    "Epoch[0] Train-mse",
    "Epoch[0] Time cost",
    "Epoch[0] Validation-mse",
  ]);
  expect(lines.at(-1)).toMatch(/^Epoch\[59\] Validation-mse=0\.0000\d\d$/);
});

test("fit resumes from a training state with the same numbers", async () => {
  const fitOptions = () => ({
    optimizer: "adam",
    optimizerParams: { learningRate: 0.1, lrScheduler: new FactorScheduler({ step: 3, factor: 0.8 }) },
    evalMetric: "mse",
    numEpoch: 5,
  });
  const whole = lineModule({ seed: 1 });
  const checkpoints: { state: TrainingState; params: Awaited<ReturnType<Module["getParams"]>>; states: Uint8Array }[] =
    [];
  await whole.fit(linePoints(25, { batchSize: 10, shuffle: true }), {
    ...fitOptions(),
    epochEndCallback: async ({ trainingState }) => {
      const state = JSON.parse(JSON.stringify(trainingState));
      checkpoints.push({ state, params: await whole.getParams(), states: await whole.getOptimizerStates() });
    },
  });
  const second = checkpoints[1];
  if (second === undefined) throw new Error("no second checkpoint");
  const resumed = lineModule({ seed: 99 });
  resumed.setParams(second.params.argParams, second.params.auxParams);
  resumed.setOptimizerStates(second.states);
  await resumed.fit(linePoints(25, { batchSize: 10, shuffle: true }), { ...fitOptions(), resume: second.state });
  expect(await resumed.getParams()).toEqual(await whole.getParams());
  expect(resumed.optimizer?.progress()).toEqual(whole.optimizer?.progress());
  expect(await resumed.getOptimizerStates()).toEqual(await whole.getOptimizerStates());
});

test("a state of another optimizer cannot be resumed", async () => {
  const module = lineModule();
  bindTo(module, 2);
  module.initParams();
  module.initOptimizer({ optimizer: "adam" });
  const state = module.trainingState(1);
  const other = lineModule();
  await expect(
    other.fit(linePoints(4, { batchSize: 2 }), { optimizer: "sgd", numEpoch: 2, resume: state }),
  ).rejects.toThrow('Cannot resume training: the checkpoint was written with optimizer "adam", this run has "sgd".');
});

test("score and predict leave padded rows out", async () => {
  const module = lineModule();
  const points = linePoints(25, { batchSize: 10 });
  module.bind({ dataShapes: points.provideData, labelShapes: points.provideLabel, forTraining: false });
  module.initParams({ initializer: new Constant(1) });
  const seen: BatchEndParam[] = [];
  const counter = rowCounter();
  await module.score(points, counter, { batchEndCallback: (param) => void seen.push(param), scoreEndCallback: [] });
  expect([counter.sumMetric, seen.map(({ samples }) => samples)]).toEqual([25, [10, 20, 25]]);
  const [line] = await module.predict(points);
  expect(line?.shape).toEqual([25, 1]);
  const first = await module.predict(points, { numBatch: 1 });
  expect(first[0]?.shape).toEqual([10, 1]);
  const shapes = [];
  for await (const { outputs } of module.iterPredict(points)) shapes.push(outputs[0]?.shape);
  expect(shapes).toEqual([
    [10, 1],
    [10, 1],
    [5, 1],
  ]);
});

test("a batch of another size is taken as it is, with the same parameters", async () => {
  const module = lineModule();
  bindTo(module, 4);
  module.initParams({ initializer: new Constant(2) });
  await module.forward({ data: [float32Array([1, 2], [1, 2])] }, { isTrain: false });
  expect(module.dataShapes[0]?.shape).toEqual([1, 2]);
  expect(module.labelShapes[0]?.shape).toEqual([1]);
  expect((await module.getOutputs())[0]?.data).toEqual(Float32Array.from([6]));
  await module.forward({ data: [float32Array([4, 2])] });
  await module.forward({ data: [float32Array([1, 2])] });
  // The two shapes were bound once each.
  expect(bound.map(({ shapes }) => shapes.data)).toEqual([
    [4, 2],
    [1, 2],
  ]);
});

test("gradients go where they are asked for", () => {
  bindTo(lineModule({ fixedParamNames: ["fc_bias"] }), 2, { inputsNeedGrad: true });
  bindTo(lineModule(), 2, { forTraining: false });
  bindTo(lineModule(), 2, { gradReq: "add" });
  expect(bound.map(({ gradReq }) => gradReq)).toEqual([
    { data: "write", fc_weight: "write", fc_bias: "null", line_label: "null" },
    "null",
    { data: "null", fc_weight: "add", fc_bias: "add", line_label: "null" },
  ]);
});

test("fixed parameters stay, and gradients of the inputs can be read", async () => {
  const module = lineModule({ fixedParamNames: ["fc_weight"] });
  bindTo(module, 1, { inputsNeedGrad: true });
  module.initParams({ initializer: new Constant(3) });
  module.initOptimizer();
  await module.forwardBackward({ data: [float32Array([1, 2], [1, 1])], label: [float32Array([1], [4])] });
  await module.update();
  expect(await valuesOf(module, "fc_weight")).toEqual([3, 3]);
  expect((await module.getInputGrads())[0]?.data).toEqual(Float32Array.from([6, 6]));
});

test("callbacks are told where training is, and a Speedometer starts the metric anew", async () => {
  const module = lineModule();
  const seen: BatchEndParam[] = [];
  const metric = rowCounter();
  await module.fit(linePoints(12, { batchSize: 2 }), {
    evalMetric: metric,
    numEpoch: 2,
    batchEndCallback: [
      (param) => void seen.push(param),
      speedometer(2, { frequent: 2 }),
      progressBar(6, { length: 6 }),
    ],
  });
  expect(seen.map(({ epoch, nbatch, samples, numEpoch }) => [epoch, nbatch, samples, numEpoch])).toEqual(
    [0, 1].flatMap((epoch) => [0, 1, 2, 3, 4, 5].map((nbatch) => [epoch, nbatch, 2 * nbatch + 2, 2])),
  );
  const speeds = lines.filter((line) => line.includes("Speed"));
  expect(speeds.map((line) => line.replace(/\d+\.\d\d samples/, "N samples"))).toEqual([
    "Epoch[0] Batch [0-2]\tSpeed: N samples/sec\trows=2.000000",
    "Epoch[0] Batch [2-4]\tSpeed: N samples/sec\trows=2.000000",
    "Epoch[1] Batch [0-2]\tSpeed: N samples/sec\trows=2.000000",
    "Epoch[1] Batch [2-4]\tSpeed: N samples/sec\trows=2.000000",
  ]);
  expect(lines[0]).toBe("[=-----] 17%");
  expect(lines.filter((line) => line.startsWith("[")).at(-1)).toBe("[======] 100%");
});

test("a signal stops fit between two batches", async () => {
  const stop = new AbortController();
  const module = lineModule();
  const run = module.fit(linePoints(12, { batchSize: 2 }), {
    evalMetric: "mse",
    numEpoch: 100,
    signal: stop.signal,
    batchEndCallback: ({ nbatch }) => {
      if (nbatch === 3) stop.abort(new Error("enough"));
    },
  });
  await expect(run).rejects.toThrow("enough");
  expect(module.optimizer?.numUpdate).toBe(4);
});

test("given parameters have precedence, missing ones are initialized only if allowed", async () => {
  const module = lineModule();
  bindTo(module, 2);
  const argParams = { fc_weight: float32Array([1, 2], [7, 8]) };
  expect(() => module.initParams({ argParams })).toThrow(
    'Parameters "fc_bias" are missing in what was given. Pass allowMissing to initialize them.',
  );
  module.initParams({ argParams, allowMissing: true, initializer: new Constant(1) });
  expect([await valuesOf(module, "fc_weight"), await valuesOf(module, "fc_bias")]).toEqual([[7, 8], [0]]);
  module.setParams({ fc_bias: float32Array([1], [3]) }, null, { allowMissing: true });
  expect([await valuesOf(module, "fc_weight"), await valuesOf(module, "fc_bias")]).toEqual([[7, 8], [3]]);
  expect(() => module.setParams({ fc_bais: float32Array([1]) }, null, { allowMissing: true })).toThrow(
    'Arrays "fc_bais" are no parameters of the symbol. Pass allowExtra to ignore them.',
  );
});

test("the same seed initializes the same, another seed differently", async () => {
  const weights = async (seed: number) => {
    const module = lineModule({ seed });
    bindTo(module, 2);
    module.initParams();
    return valuesOf(module, "fc_weight");
  };
  expect(await weights(1)).toEqual(await weights(1));
  expect(await weights(1)).not.toEqual(await weights(2));
});

test("binding anew keeps the parameters and the optimizer", async () => {
  const module = lineModule();
  bindTo(module, 2);
  module.initParams({ initializer: new Constant(4) });
  bindTo(module, 3);
  expect(lines).toEqual(["Already bound, ignoring bind()"]);
  bindTo(module, 3, { forceRebind: true, forTraining: false });
  expect(await valuesOf(module, "fc_weight")).toEqual([4, 4]);
  expect(module.dataShapes[0]?.shape).toEqual([3, 2]);
});

test("an optimizer made outside is taken as it is, with a word about its scale", () => {
  const module = lineModule();
  bindTo(module, 2);
  module.initParams();
  const optimizer = createOptimizer("sgd", { wd: 0.5 });
  module.initOptimizer({ optimizer });
  expect(lines).toEqual([
    "Optimizer created outside the module has rescaleGrad 1, not 1 / batch size (0.5). Is this intended?",
  ]);
  expect([optimizer.idx2name.get(1), optimizer.wdOf(1)]).toEqual(["fc_bias", 0.5]);
});

const ready = () => {
  const module = lineModule();
  bindTo(module, 2);
  module.initParams();
  return module;
};

test.for([
  [
    "an unknown data name",
    () => lineModule({ dataNames: ["dta"] }),
    UsageError,
    'dataNames names "dta", which the symbol does not have; its inputs are "data", "line_label". Did you mean "data"?',
  ],
  [
    "an unknown fixed parameter",
    () => lineModule({ fixedParamNames: ["fc_wieght"] }),
    UsageError,
    'Did you mean "fc_weight"?',
  ],
  [
    "initParams before bind",
    () => lineModule().initParams(),
    UsageError,
    "Cannot initialize parameters: the module is not bound.",
  ],
  [
    "initOptimizer before initParams",
    () => {
      const module = lineModule();
      bindTo(module, 2);
      module.initOptimizer();
    },
    UsageError,
    "Cannot initialize the optimizer: the module has no parameters. Call initParams() or setParams() first.",
  ],
  [
    "shapes of other names",
    () => lineModule().bind({ dataShapes: { dat: [2, 2] } }),
    UsageError,
    'The data shapes are "dat" (2, 2), expected those of dataNames: "data". Did you mean "data"?',
  ],
  [
    "a label of another name",
    () => bindTo(lineModule(), 2, { labelShapes: { data: [2] } }),
    UsageError,
    'The label shapes are "data" (2,), expected those of labelNames: "line_label".',
  ],
  [
    "a store of several machines",
    () => ready().initOptimizer({ kvstore: "dist_sync" }),
    UsageError,
    'kvstore is "dist_sync", expected "local", "device" or null',
  ],
  [
    "an option of another optimizer",
    () => ready().initOptimizer({ optimizerParams: { beta1: 0.9 } }),
    AttributeError,
    'option "beta1" is not known',
  ],
  [
    "a parameter of another shape",
    () =>
      ready().setParams(
        { fc_weight: float32Array([2, 1]), fc_bias: float32Array([2]) },
        { seen_bias: float32Array([1]) },
      ),
    ShapeError,
    '2 of 3 parameters have another shape: "fc_weight" is (2, 1), expected (1, 2); "fc_bias" is (2,), expected (1,).',
  ],
  [
    "gradients of inputs without training",
    () => bindTo(lineModule(), 2, { forTraining: false, inputsNeedGrad: true }),
    UsageError,
    "gradients need forTraining",
  ],
] as const)("%s is refused", ([, call, type, message]) => {
  expect(call).toThrow(type);
  expect(call).toThrow(message);
});

test.for([
  [
    "update without an optimizer",
    () => ready().update(),
    "Cannot update: the module has no optimizer. Call initOptimizer() first.",
  ],
  ["forward before bind", () => lineModule().forward({ data: [] }), "Cannot run forward: the module is not bound."],
  [
    "score before bind",
    () => lineModule().score(linePoints(2, { batchSize: 1 }), new Accuracy()),
    "Cannot score: the module is not bound.",
  ],
  [
    "a batch with too many arrays",
    () => ready().forward({ data: [float32Array([2, 2]), float32Array([2])] }),
    'The batch has 2 data arrays, expected 1: "data".',
  ],
  ["gradients that were not asked for", () => ready().getInputGrads(), "the module was bound without inputsNeedGrad"],
  [
    "fit without a number of epochs",
    () => lineModule().fit(linePoints(2, { batchSize: 1 }), { numEpoch: Number.NaN }),
    "fit: numEpoch is NaN, expected the number of epochs.",
  ],
] as const)("%s is refused", async ([, call, message]) => {
  await expect(call()).rejects.toThrow(UsageError);
  await expect(call()).rejects.toThrow(message);
});
