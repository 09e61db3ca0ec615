import { float32Array, type HostArray, Random, toFloat32, UsageError } from "@mxgraft/base";
import { beforeAll, expect, test } from "vitest";
import { setBackend } from "../src/backend.ts";
import { runModel } from "../src/model/run-model.ts";
import { sym } from "../src/sym.ts";

beforeAll(async () => {
  await setBackend("cpu");
});

const random = new Random(3);
const normal = (...shape: number[]): HostArray =>
  float32Array(
    shape,
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
  );

const data = sym.variable("data");
const conv = sym.Convolution({ data, kernel: [2, 2], num_filter: 2, name: "conv" });
const graph = sym.Group([
  sym.SoftmaxOutput({ data: sym.FullyConnected({ data: conv, num_hidden: 3, name: "fc" }), name: "softmax" }),
  // Rows lie along the second axis; the third output has two places for each row.
  sym.transpose({ data: conv, axes: [1, 0, 2, 3], name: "turned" }),
  sym.Reshape({ data: conv, shape: [-1, 4], name: "pairs" }),
]);
// As many rows as a batch: a parameter must not be taken for a part of it.
const parameters = new Map([
  ["conv_weight", normal(2, 1, 2, 2)],
  ["conv_bias", normal(2)],
  ["fc_weight", normal(3, 8)],
  ["fc_bias", normal(3)],
]);
const inputs = new Map([["data", normal(5, 1, 3, 3)]]);

test.for([1, 2, 3, 4, 5, 9])("in batches of %i: the outputs of all at once", async (batch) => {
  const whole = await runModel(graph, { parameters, inputs });
  const pieces = await runModel(graph, { parameters, inputs, batch });
  expect([...pieces.outputs.keys()]).toEqual([...whole.outputs.keys()]);
  for (const [name, array] of whole.outputs) {
    const got = pieces.outputs.get(name);
    expect(got?.shape, name).toEqual(array.shape);
    const values = got ? [...toFloat32(got)] : [];
    for (const [i, value] of toFloat32(array).entries()) expect(values[i]).toBeCloseTo(value, 5);
  }
});

test("an output without rows is that of every batch, and refused where the batches differ", async () => {
  const priors = sym._contrib_MultiBoxPrior({ data, sizes: [0.5], name: "priors" });
  const { outputs } = await runModel(priors, { parameters, inputs, batch: 2 });
  expect(outputs.get("priors_output")?.shape).toEqual([1, 9, 4]);
  const sum = sym.sum({ data, name: "total" });
  await expect(runModel(sum, { parameters, inputs, batch: 2 })).rejects.toThrow(UsageError);
  await expect(runModel(sum, { parameters, inputs, batch: 2 })).rejects.toThrow(
    'Output "total_output" (1,) is about a whole batch, so those of 3 batches cannot be put together.',
  );
});

test("a graph of one number of rows is refused", async () => {
  const fixed = sym.Reshape({ data, shape: [2, 9], name: "fixed" });
  await expect(runModel(fixed, { parameters, inputs, batch: 2 })).rejects.toThrow("cannot be run in batches");
});
