import { hostArray } from "@mxgraft/base";
import { backendStatus } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";
import { Module, Random, setBackend, sym } from "../src/index.ts";

const statuses = await backendStatus();
const backends = (["wasm", "tensorflow"] as const).map((name) => ({
  name,
  missing: statuses.find((status) => status.name === name)?.reason,
}));

/** The losses of the digits program on a network of one layer: a thousand steps take a second. */
function smallNetwork() {
  const embedding = sym.FullyConnected({ data: sym.variable("data"), num_hidden: 2, name: "embedding" });
  const scores = sym.FullyConnected({ data: embedding, num_hidden: 4, name: "fc2" });
  const softmax = sym.SoftmaxOutput({ data: scores, label: sym.variable("softmax_label"), name: "softmax" });
  const label = sym.variable("center_label");
  const attributes = { op_type: "centerloss", num_class: 4, alpha: "0.5", scale: "1.0", batchsize: 8 };
  const center = sym.Custom({ data: embedding, label, ...attributes, name: "center_loss_" });
  return sym.Group([softmax, sym.MakeLoss({ data: center, name: "center_loss" })]);
}

describe.for(backends)("on $name", ({ name, missing }) => {
  test.skipIf(missing !== undefined)("a step leaves no tensor behind: as many after 1000 as after 10", async () => {
    await setBackend(name);
    const before = tf.memory().numTensors;
    const module = new Module(smallNetwork(), { labelNames: ["softmax_label", "center_label"] });
    module.bind({ dataShapes: { data: [8, 6] }, labelShapes: { softmax_label: [8], center_label: [8] } });
    await module.initParams();
    await module.initOptimizer({ optimizer: "sgd", optimizerParams: { learningRate: 0.1, momentum: 0.9 } });
    const random = new Random(1);
    const counts: number[] = [];
    for (let step = 1; step <= 1000; step++) {
      const data = hostArray(
        "float32",
        [8, 6],
        Float32Array.from({ length: 48 }, () => random.normal()),
      );
      const label = hostArray(
        "float32",
        [8],
        Float32Array.from({ length: 8 }, () => random.below(4)),
      );
      await module.forwardBackward({ data: [data], label: [label, label] });
      await module.update();
      await module.getOutputs();
      if (step === 10 || step === 1000) counts.push(tf.memory().numTensors);
    }
    expect(counts[1]).toBe(counts[0]);
    expect(counts[0]).toBeGreaterThan(before);
    module.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
