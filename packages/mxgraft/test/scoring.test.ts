import { float32Array, Random, toFloat32 } from "@mxgraft/base";
import type { DataBatch } from "@mxgraft/data";
import { CARRIERS, type CarrierName, type ExecutionMode } from "@mxgraft/executor";
import { Accuracy, CrossEntropy, type MetricLike, TopKAccuracy } from "@mxgraft/metric";
import { tfjsNodeBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { type DataIter, Module, NDArrayIter, sym } from "mxgraft";
import { describe, expect, test } from "vitest";
import { useRun } from "./use-run.ts";

// SoftmaxOutput of the logarithms of probabilities gives the probabilities.
const probabilities = [
  [0.5, 0.25, 0.25],
  [0.125, 0.625, 0.25],
  [0.25, 0.25, 0.5],
  [0.5, 0.375, 0.125],
  [0.25, 0.625, 0.125],
  [0.125, 0.125, 0.75],
  [0.0625, 0.4375, 0.5],
];
const classes = [0, 0, 2, 1, 1, 2, 0];
/** Probability of the label in each row, read off above. */
const ofLabel = [0.5, 0.125, 0.5, 0.375, 0.625, 0.75, 0.0625];
const crossEntropy = ofLabel.reduce((sum, p) => sum - Math.log(p), 0) / 7;

const logits = (rows: readonly (readonly number[])[]) =>
  float32Array(
    [rows.length, 3],
    rows.flat().map((p) => Math.log(p)),
  );

function softmax(mode: ExecutionMode): Module {
  return new Module(sym.SoftmaxOutput({ data: sym.variable("data"), name: "softmax" }), { mode, logger: () => {} });
}

function digits(batchSize: number): NDArrayIter {
  return new NDArrayIter(logits(probabilities), float32Array([7], classes), { batchSize });
}

/** Batches of 3, 3 and 1 rows, without padding. */
function partial(): DataIter {
  const { provideData, provideLabel } = digits(3);
  const batchOf = (from: number, to: number): DataBatch => ({
    data: [logits(probabilities.slice(from, to))],
    label: [float32Array([to - from], classes.slice(from, to))],
    pad: 0,
  });
  const all = [batchOf(0, 3), batchOf(3, 6), batchOf(6, 7)];
  let at = 0;
  const reset = () => {
    at = 0;
  };
  return { batchSize: 3, provideData, provideLabel, next: () => all[at++], reset };
}

async function scoreOf(module: Module, data: DataIter, metric: MetricLike): Promise<[string, number][]> {
  module.bind({ dataShapes: data.provideData, labelShapes: data.provideLabel, forTraining: false });
  module.initParams();
  return module.score(data, metric);
}

const ways: { how: string; mode: ExecutionMode; carrier?: CarrierName }[] = [
  { how: "eager", mode: "eager" },
  ...CARRIERS.map((carrier) => ({ how: `in a ${carrier}`, mode: "compiled" as const, carrier })),
];
const cases: { name: string; data: () => DataIter; metric: MetricLike; want: [string, number][] }[] = [
  { name: "whole batches", data: () => digits(7), metric: "acc", want: [["accuracy", 4 / 7]] },
  { name: "a padded batch", data: () => digits(3), metric: "acc", want: [["accuracy", 4 / 7]] },
  { name: "a batch that is mostly padding", data: () => digits(10), metric: "acc", want: [["accuracy", 4 / 7]] },
  { name: "a partial batch", data: partial, metric: "acc", want: [["accuracy", 4 / 7]] },
  { name: "cross entropy", data: () => digits(3), metric: "ce", want: [["cross-entropy", crossEntropy]] },
  {
    name: "several metrics",
    data: () => digits(2),
    metric: ["acc", "ce"],
    want: [
      ["accuracy", 4 / 7],
      ["cross-entropy", crossEntropy],
    ],
  },
  {
    name: "a metric without sums beside one that has them",
    data: () => digits(3),
    // The label is the least likely class of the second and the last row.
    metric: ["acc", { metric: "top_k_accuracy", topK: 2 }],
    want: [
      ["accuracy", 4 / 7],
      ["top_k_accuracy_2", 5 / 7],
    ],
  },
];

const ROW_OF_NAN = [Number.NaN, Number.NaN, Number.NaN];
const oneRowOfNaN = (label: number) => () =>
  new NDArrayIter(logits([[0.5, 0.25, 0.25], ROW_OF_NAN]), float32Array([2], [0, label]), { batchSize: 2 });
// NaN is never the largest, so that the first class stays the prediction.
cases.push(
  { name: "NaN, of which the first class is right", data: oneRowOfNaN(0), metric: "acc", want: [["accuracy", 1]] },
  { name: "NaN, of which another class is right", data: oneRowOfNaN(1), metric: "acc", want: [["accuracy", 0.5]] },
  { name: "NaN, likewise", data: oneRowOfNaN(0), metric: "ce", want: [["cross-entropy", Number.NaN]] },
);

describe.for(ways)("score, $how", ({ mode, carrier }) => {
  const setting = useRun({ backend: "tensorflow", mode: "compiled", carrier });

  test.for(cases)("of $name", async ({ data, metric, want }, { skip }) => {
    if (setting.missing !== undefined) skip(`graphs are not compiled here: ${setting.missing}`);
    const held = tf.memory().numTensors;
    const module = softmax(mode);
    const found = await scoreOf(module, data(), metric);
    expect(found.map(([name]) => name)).toEqual(want.map(([name]) => name));
    for (const [i, [, value]] of want.entries()) {
      if (Number.isNaN(value)) expect(found[i]?.[1]).toBeNaN();
      else expect(found[i]?.[1]).toBeCloseTo(value, 6);
    }
    module.dispose();
    expect(tf.memory().numTensors).toBe(held);
  });

  test("of two outputs with a label each", async ({ skip }) => {
    if (setting.missing !== undefined) skip(`graphs are not compiled here: ${setting.missing}`);
    const data = sym.variable("data");
    const outputs = ["first", "second"].map((name) => sym.SoftmaxOutput({ data, name }));
    const labelNames = ["first_label", "second_label"];
    const module = new Module(sym.Group(outputs), { labelNames, mode, logger: () => {} });
    const shifted = float32Array([7], [2, 2, 2, 2, 2, 2, 2]);
    const labels = { first_label: float32Array([7], classes), second_label: shifted };
    const iter = new NDArrayIter(logits(probabilities), labels, { batchSize: 3 });
    const ofFirst = new Accuracy({ name: "first", outputNames: ["first_output"], labelNames: ["first_label"] });
    // The third class is the likeliest in rows 3, 6 and 7.
    expect(await scoreOf(module, iter, [new Accuracy(), ofFirst])).toEqual([
      ["accuracy", (4 + 3) / 14],
      ["first", 4 / 7],
    ]);
    module.dispose();
  });

  test("of layers that an evaluation fuses", async ({ skip }) => {
    if (setting.missing !== undefined) skip(`graphs are not compiled here: ${setting.missing}`);
    const random = new Random(7);
    const images = Float32Array.from({ length: 10 * 2 * 16 }, () => random.normal());
    const labels = Array.from({ length: 10 }, (_, i) => i % 3);
    const data = new NDArrayIter(float32Array([10, 2, 4, 4], images), float32Array([10], labels), { batchSize: 2 });
    const convolved = sym.Convolution({ data: sym.variable("data"), kernel: [3, 3], num_filter: 4 });
    const active = sym.Activation({ data: sym.BatchNorm({ data: convolved }), act_type: "relu" });
    const scores = sym.FullyConnected({ data: active, num_hidden: 3 });
    const module = new Module(sym.SoftmaxOutput({ data: scores, name: "softmax" }), {
      seed: 2,
      mode,
      logger: () => {},
    });
    const accuracy = await scoreOf(module, data, "acc");
    const [outputs] = await module.predict(data);
    let right = 0;
    for (const [i, label] of labels.entries()) {
      const row = [...(outputs ? toFloat32(outputs) : [])].slice(3 * i, 3 * i + 3);
      if (row.indexOf(Math.max(...row)) === label) right++;
    }
    expect(accuracy).toEqual([["accuracy", right / 10]]);
    expect(await module.score(data, "acc")).toEqual(accuracy);
    module.dispose();
  });
});

/** How often work reads arrays of TensorFlow. */
async function readsOf(work: () => Promise<unknown>): Promise<number> {
  const backend = tfjsNodeBackend();
  const { binding } = backend;
  let reads = 0;
  // The properties of the binding itself cannot be assigned.
  backend.binding = Object.create(binding, {
    tensorDataSync: {
      value: (id: number) => {
        reads++;
        return binding.tensorDataSync(id);
      },
    },
  });
  try {
    await work();
  } finally {
    backend.binding = binding;
  }
  return reads;
}

// A sum in float64 is read in two halves.
const readings = [
  { name: "once for a metric with sums", metric: () => new Accuracy(), looks: false, reads: 2 },
  { name: "once for each look", metric: () => new CrossEntropy(), looks: true, reads: 2 * 6 },
  { name: "each batch for a metric without", metric: () => new TopKAccuracy({ topK: 2 }), looks: false, reads: 7 },
];

describe.for(CARRIERS)("in a %s", (carrier) => {
  const setting = useRun({ backend: "tensorflow", mode: "compiled", carrier });

  test.for(readings)("score reads $name", async ({ metric, looks, reads }, { skip }) => {
    if (setting.missing !== undefined) skip(`graphs are not compiled here: ${setting.missing}`);
    const module = softmax("compiled");
    const data = digits(1);
    await scoreOf(module, data, metric());
    const tensors = tf.memory().numTensors;
    const batchEndCallback = looks
      ? ({ nbatch, evalMetric }: { nbatch: number; evalMetric: { get(): unknown } }) =>
          void (nbatch > 0 && evalMetric.get())
      : null;
    expect(await readsOf(() => module.score(data, metric(), { batchEndCallback }))).toBe(reads);
    expect(tf.memory().numTensors).toBe(tensors);
    module.dispose();
  });

  test("fit with another metric for validation compiles each step once", async ({ skip }) => {
    if (setting.missing !== undefined) skip(`graphs are not compiled here: ${setting.missing}`);
    const run = async (mode: ExecutionMode) => {
      const scores = sym.FullyConnected({ data: sym.variable("data"), num_hidden: 3, name: "scores" });
      const lines: string[] = [];
      const module = new Module(sym.SoftmaxOutput({ data: scores, name: "softmax" }), {
        seed: 1,
        mode,
        logger: (line) => void lines.push(line),
      });
      await module.fit(digits(3), {
        evalData: digits(2),
        evalMetric: "acc",
        validationMetric: "ce",
        optimizerParams: { learningRate: 0.1, momentum: 0.9 },
        numEpoch: 4,
      });
      const { compilation } = module.executor;
      module.dispose();
      return { lines: lines.filter((line) => /Train-|Validation-/.test(line)), compilation };
    };
    const [eager, compiled] = [await run("eager"), await run("compiled")];
    expect(compiled.lines).toEqual(eager.lines);
    expect(compiled.lines).toHaveLength(8);
    expect(compiled.compilation.sumsReason).toBeUndefined();
  });
});
