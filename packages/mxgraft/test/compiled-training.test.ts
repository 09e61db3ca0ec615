import { float32Array, Random, sizeOf, toFloat32, ValueError } from "@mxgraft/base";
import { CARRIERS, type ExecutionMode } from "@mxgraft/executor";
import { CenterLossMetric, CompositeEvalMetric, SeedAccuracy } from "@mxgraft/metric";
import { tfjsNodeBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { Module, NDArrayIter, sym } from "mxgraft";
import { describe, expect, test } from "vitest";
import { lenet } from "../src/models/lenet.ts";
import { useRun } from "./use-run.ts";

const LABELS = ["softmax_label", "center_label"];

function batchOf(rows: number) {
  const random = new Random(3);
  const shape = [rows, 1, 28, 28];
  const data = float32Array(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, () => random.uniform()),
  );
  const label = float32Array(
    [rows],
    Float32Array.from({ length: rows }, (_, i) => i % 10),
  );
  return { data: [data], label: [label, label], pad: 0 };
}

/** LeNet, ready to be trained. */
function bound(mode: ExecutionMode, optimizer: string): Module {
  const module = new Module(lenet({ batchSize: 6 }), { labelNames: LABELS, seed: 1, mode, logger: () => {} });
  const labelShapes = LABELS.map((name) => ({ name, shape: [6] }));
  module.bind({ dataShapes: [{ name: "data", shape: [6, 1, 28, 28] }], labelShapes });
  module.initParams();
  const momentum = optimizer === "sgd" ? { momentum: 0.9 } : {};
  module.initOptimizer({ optimizer, optimizerParams: { learningRate: 0.01, wd: 0.001, ...momentum } });
  return module;
}

/** What a few steps leave, a batch of another size among them. */
async function train(mode: ExecutionMode, optimizer: string) {
  const module = bound(mode, optimizer);
  const metric = new CompositeEvalMetric({ metrics: [new SeedAccuracy(), new CenterLossMetric()] });
  try {
    for (const rows of [6, 6, 4, 6]) await module.trainStep(batchOf(rows), metric);
    const { argParams, auxParams } = await module.getParams();
    return {
      arrays: new Map([...argParams, ...auxParams]),
      metrics: metric.getNameValue(),
      compilation: module.executor.compilation,
    };
  } finally {
    module.dispose();
  }
}

/** Twelve batches of four samples, and a classifier for them. */
function smallFit(mode: ExecutionMode) {
  const random = new Random(5);
  const numbers = Float32Array.from({ length: 48 * 3 }, () => random.uniform());
  const classes = Float32Array.from({ length: 48 }, (_, i) => Number((numbers[3 * i] ?? 0) > 0.5));
  const data = new NDArrayIter(float32Array([48, 3], numbers), float32Array([48], classes), { batchSize: 4 });
  const scores = sym.FullyConnected({ data: sym.variable("data"), num_hidden: 2, name: "scores" });
  const lines: string[] = [];
  const logger = (line: string) => void lines.push(line);
  const module = new Module(sym.SoftmaxOutput({ data: scores, name: "softmax" }), { seed: 1, mode, logger });
  return { data, module, lines };
}

const repeated = [
  { name: "with the same optimizer compile once", renewed: false, steps: 1 },
  // The momentum of each is in arrays of its own.
  { name: "with a new optimizer each compile each", renewed: true, steps: 9 },
];

describe.for(CARRIERS)("in a %s", (carrier) => {
  const setting = useRun({ backend: "tensorflow", mode: "compiled", carrier });

  test.for(["sgd", "nag"])(
    "LeNet with center loss trains to the same numbers compiled, with %s",
    async (name, { skip }) => {
      if (setting.missing !== undefined) skip(`graphs are not compiled here: ${setting.missing}`);
      const held = tf.memory().numTensors;
      const eager = await train("eager", name);
      const compiled = await train("compiled", name);
      expect(tf.memory().numTensors).toBe(held);
      expect(eager.compilation.mode).toBe("eager");
      expect(compiled.compilation).toMatchObject({ mode: "compiled", carrier, eagerNodes: [] });
      for (const [array, want] of eager.arrays) {
        const got = compiled.arrays.get(array);
        const numbers = got && toFloat32(got);
        const furthest = toFloat32(want).reduce(
          (most, value, i) => Math.max(most, Math.abs(value - (numbers?.[i] ?? 1e9))),
          0,
        );
        expect(furthest, array).toBeLessThan(1e-6);
      }
      for (const [i, [metric, value]] of eager.metrics.entries()) {
        expect(compiled.metrics[i]?.[0]).toBe(metric);
        expect(compiled.metrics[i]?.[1]).toBeCloseTo(value, 6);
      }
    },
  );

  test("a label that is no class index is a ValueError, and the next batch trains", async ({ skip }) => {
    if (setting.missing !== undefined) skip(`graphs are not compiled here: ${setting.missing}`);
    const module = bound("compiled", "sgd");
    try {
      const { data, label, pad } = batchOf(6);
      await module.trainStep({ data, label, pad }, new SeedAccuracy());
      const held = [tf.memory().numTensors, tfjsNodeBackend().binding.getNumOfTensors()];
      const wrong = float32Array([6], Float32Array.of(1, 2, 10, 4, 5, 6));
      const step = module.trainStep({ data, label: [label[0] ?? wrong, wrong], pad }, new SeedAccuracy());
      await expect(step).rejects.toThrow(ValueError);
      await module.trainStep({ data, label, pad }, new SeedAccuracy());
      expect([tf.memory().numTensors, tfjsNodeBackend().binding.getNumOfTensors()]).toEqual(held);
    } finally {
      module.dispose();
    }
  });

  test.for(repeated)("nine calls of fit $name, and train to the same numbers", async ({ renewed, steps }, { skip }) => {
    if (setting.missing !== undefined) skip(`graphs are not compiled here: ${setting.missing}`);
    const held = tf.memory().numTensors;
    const trained = async (mode: ExecutionMode) => {
      const { data, module, lines } = smallFit(mode);
      const optimizerParams = { learningRate: 0.1, momentum: 0.9 };
      try {
        for (let call = 0; call < 9; call++) {
          await module.fit(data, { numEpoch: 1, optimizerParams });
          if (renewed) module.initOptimizer({ optimizer: "sgd", optimizerParams, forceInit: true });
        }
        return {
          first: lines[0],
          accuracies: lines.filter((line) => line.includes("Train-")),
          compilation: module.executor.compilation,
        };
      } finally {
        module.dispose();
      }
    };
    const [eager, compiled] = [await trained("eager"), await trained("compiled")];
    expect(tf.memory().numTensors).toBe(held);
    expect(compiled.accuracies).toEqual(eager.accuracies);
    expect(compiled.accuracies).toHaveLength(9);
    const how = carrier === "session" ? "Training runs compiled, in a session" : "Training runs compiled";
    expect(compiled.first).toBe(`${how}: each step is one call`);
    expect(compiled.compilation).toMatchObject({ compiledSteps: steps });
    expect(compiled.compilation.stepReason).toBeUndefined();
  });
});
