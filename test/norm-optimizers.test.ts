import { float32Array, ShapeError, UsageError } from "@mxgraft/base";
import { createOptimizer, Updater } from "@mxgraft/module";
import { createTensorCell, setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { registerAll } from "mxgraft";
import { beforeAll, expect, test } from "vitest";
import cases from "./cases/norm-optimizers.json" with { type: "json" };

// Recorded from MXNet 1.9.1: the weights after each of four updates. These optimizers need norms and sums of arrays,
// so the kernels are part of what is tested.

beforeAll(async () => {
  registerAll();
  await setBackend("cpu");
});

test.for(cases)(
  "$name moves weights as MXNet does, and frees what it uses",
  async ({ optimizer, params, parameters }) => {
    const before = tf.memory().numTensors;
    const names = Object.fromEntries(parameters.map(({ name }, i) => [i, name]));
    const updater = new Updater(createOptimizer(optimizer, { ...params, paramIdx2name: names }));
    for (const [i, { name, shape, initial, grads, weights }] of parameters.entries()) {
      const weight = createTensorCell(name, shape, "float32");
      const grad = createTensorCell(`${name}_grad`, shape, "float32");
      weight.set(float32Array(shape, initial));
      for (const [step, values] of grads.entries()) {
        grad.set(float32Array(shape, values));
        updater.update(i, grad, weight);
        const got = await weight.toHost();
        for (const [j, want] of (weights[step] ?? []).entries()) {
          const distance = Math.abs(Number(got.data[j]) - want);
          expect(distance, `${name}[${j}] after ${step + 1}`).toBeLessThanOrEqual(1e-5 + 1e-4 * Math.abs(want));
        }
      }
      weight.dispose();
      grad.dispose();
    }
    updater.dispose();
    expect(tf.memory().numTensors).toBe(before);
  },
);

test("groupadagrad takes matrices only, without weight decay", () => {
  const bias = createTensorCell("fc_bias", [3], "float32");
  const weight = createTensorCell("fc_weight", [3, 2], "float32");
  const updater = new Updater(createOptimizer("groupadagrad", { wd: 0.1 }));
  expect(() => updater.update(0, bias, bias)).toThrow(ShapeError);
  expect(() => updater.update(1, weight, weight)).toThrow(UsageError);
  updater.dispose();
  tf.dispose([bias.read(), weight.read()]);
});

test("lars corrects the momentum of all parameters in the step in which the rate changes, and only there", async () => {
  // Without a layer's rate ("bias"), gradient 1, rate 1, 1, 0.5, 0.5 and momentum 0.5:
  // mom = -1, -1.5, then 0.5 * 0.5 * -1.5 - 0.5 = -0.875, then 0.5 * -0.875 - 0.5 = -0.9375.
  const optimizer = createOptimizer("lars", {
    momentum: 0.5,
    learningRate: 1,
    paramIdx2name: { 0: "a_bias", 1: "b_bias" },
  });
  const updater = new Updater(optimizer);
  const weights = ["a", "b"].map((name) => createTensorCell(name, [1], "float32"));
  const grad = createTensorCell("grad", [1], "float32");
  grad.set(float32Array([1], [1]));
  for (let step = 0; step < 4; step++) {
    if (step === 2) optimizer.setLearningRate(0.5);
    for (const [i, weight] of weights.entries()) updater.update(i, grad, weight);
  }
  const ends = await Promise.all(weights.map(async (weight) => Number((await weight.toHost()).data[0])));
  expect(ends).toEqual([-4.3125, -4.3125]);
  updater.dispose();
  for (const cell of [...weights, grad]) cell.dispose();
});
