import { float32Array, Random, sizeOf, toFloat32 } from "@mxgraft/base";
import { compiledModeState, type ExecutionMode } from "@mxgraft/executor";
import { CenterLossMetric, CompositeEvalMetric, SeedAccuracy } from "@mxgraft/metric";
import * as tf from "@tensorflow/tfjs";
import { Module, setBackend } from "mxgraft";
import { beforeAll, expect, test } from "vitest";
import { lenet } from "../src/models/lenet.ts";

let state: Awaited<ReturnType<typeof compiledModeState>>;
beforeAll(async () => {
  await setBackend("tensorflow").catch(() => undefined);
  state = await compiledModeState();
});

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

/** What a few steps leave, a batch of another size among them. */
async function train(mode: ExecutionMode, optimizer: string) {
  const module = new Module(lenet({ batchSize: 6 }), { labelNames: LABELS, seed: 1, mode, logger: () => {} });
  const metric = new CompositeEvalMetric({ metrics: [new SeedAccuracy(), new CenterLossMetric()] });
  try {
    const labelShapes = LABELS.map((name) => ({ name, shape: [6] }));
    module.bind({ dataShapes: [{ name: "data", shape: [6, 1, 28, 28] }], labelShapes });
    module.initParams();
    const momentum = optimizer === "sgd" ? { momentum: 0.9 } : {};
    module.initOptimizer({ optimizer, optimizerParams: { learningRate: 0.01, wd: 0.001, ...momentum } });
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

test.for(["sgd", "nag"])(
  "LeNet with center loss trains to the same numbers compiled, with %s",
  async (name, { skip }) => {
    if (!state.available) skip(`graphs are not compiled here: ${state.reason}`);
    const held = tf.memory().numTensors;
    const eager = await train("eager", name);
    const compiled = await train("compiled", name);
    expect(tf.memory().numTensors).toBe(held);
    expect(eager.compilation.mode).toBe("eager");
    expect(compiled.compilation).toMatchObject({ mode: "compiled", eagerNodes: [] });
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
