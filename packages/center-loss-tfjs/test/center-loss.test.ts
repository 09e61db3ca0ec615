import { float32Array, ShapeError, UsageError, ValueError } from "@mxgraft/base";
import { setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ClassCenters, centerLoss, centerLossStep } from "../src/index.ts";
import { backends } from "./backends.ts";

const features = [
  [1, 2],
  [3, 5],
  [-1, 0],
];
const labels = [1, 0, 1];
// diff is features - centers: [1, 1], [3, 3], [-1, -1] for these centers.
const centers = float32Array([3, 2], [0, 2, 0, 1, 9, 9]);

describe.for(backends)("on %s", (backend) => {
  let before = 0;
  beforeAll(async () => {
    await setBackend(backend);
  });
  beforeEach(() => {
    before = tf.memory().numTensors;
  });
  afterEach(() => {
    expect(tf.memory().numTensors).toBe(before);
  });

  test("is half the mean squared distance, and its gradient times scale is diff / N", async () => {
    const table = new ClassCenters({ numClass: 3, size: 2, alpha: 0.5, scale: 0.25 });
    table.set(centers);
    const x = tf.tensor2d(features);
    const { value, grad } = tf.valueAndGrad((data) => tf.mul(centerLoss(data, labels, table), 3))(x);
    // 3 * (1 + 1 + 9 + 9 + 1 + 1) / (2 * 3)
    expect((await value.data())[0]).toBeCloseTo(11, 5);
    const weight = (3 * 0.25) / 3;
    const expected = [1, 1, 3, 3, -1, -1].map((diff) => diff * weight);
    for (const [i, got] of (await grad.data()).entries()) expect(got).toBeCloseTo(expected[i] ?? Number.NaN, 6);
    // Class 1 occurs twice and its differences cancel; class 0 moves by .5 * 3 / 2; class 2 does not occur.
    const moved = [...(await table.toHost()).data].map(Number);
    for (const [i, want] of [0.75, 2.75, 0, 1, 9, 9].entries()) expect(moved[i]).toBeCloseTo(want, 6);
    tf.dispose([x, value, grad]);
    table.dispose();
  });

  test.for([
    { name: "numbers", given: () => labels },
    { name: "int32", given: () => tf.tensor1d(labels, "int32") },
    { name: "float32", given: () => tf.tensor1d(labels) },
  ])("a step gives loss and gradient and moves the centers, labels as $name", async ({ given }) => {
    const table = new ClassCenters({ numClass: 3, size: 2, alpha: 0.5, scale: 0.25 });
    table.set(centers);
    const x = tf.tensor2d(features);
    const y = given();
    const { loss, gradient } = centerLossStep(x, y, table);
    // (1 + 1 + 9 + 9 + 1 + 1) / (2 * 3)
    expect(loss.shape).toEqual([]);
    expect((await loss.data())[0]).toBeCloseTo(22 / 6, 5);
    for (const [i, got] of (await gradient.data()).entries()) {
      expect(got).toBeCloseTo(([1, 1, 3, 3, -1, -1][i] ?? Number.NaN) / 12, 6);
    }
    const moved = [...(await table.toHost()).data].map(Number);
    for (const [i, want] of [0.75, 2.75, 0, 1, 9, 9].entries()) expect(moved[i]).toBeCloseTo(want, 6);
    tf.dispose([x, loss, gradient]);
    if (y instanceof tf.Tensor) y.dispose();
    table.dispose();
  });

  test("leaves the centers where they are without a gradient", async () => {
    const table = new ClassCenters({ numClass: 3, size: 2 });
    table.set(centers);
    const x = tf.tensor2d(features);
    const y = tf.tensor1d(labels, "int32");
    centerLoss(x, y, table).dispose();
    expect([...(await table.toHost()).data]).toEqual([...centers.data]);
    table.dispose();
    tf.dispose([x, y]);
  });

  test("trains a layer with an optimizer, without leaving tensors behind", async () => {
    const table = new ClassCenters({ numClass: 2, size: 2, alpha: 0.5 });
    const kernel = tf.tidy(() =>
      tf.variable(
        tf.tensor2d([
          [0.5, -0.3],
          [0.2, 0.8],
          [-0.7, 0.1],
        ]),
      ),
    );
    const optimizer = tf.train.sgd(0.1);
    const x = tf.tensor2d([
      [1, 0, 0.2],
      [0.9, 0.1, 0],
      [0, 1, 0.9],
      [0.1, 0.8, 1],
    ]);
    const y = tf.tensor1d([0, 0, 1, 1]);
    const losses: number[] = [];
    let tensors = 0;
    for (let step = 0; step < 60; step++) {
      const loss = optimizer.minimize(() => centerLoss(tf.matMul(x, kernel), y, table), true, [kernel]);
      losses.push((await loss?.data())?.[0] ?? Number.NaN);
      loss?.dispose();
      if (step === 9) tensors = tf.memory().numTensors;
    }
    expect(tf.memory().numTensors).toBe(tensors);
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 20);
    tf.dispose([x, y, kernel]);
    optimizer.dispose();
    table.dispose();
  });

  test.for([
    { name: "a label above", labels: [0, 3, 1], row: 1, text: 'argument "label" is 3 in row 1' },
    { name: "a label below", labels: [0, 1, -1], row: 2, text: 'argument "label" is -1 in row 2' },
    { name: "no number", labels: [Number.NaN, 1, 1], row: 0, text: 'argument "label" is NaN in row 0' },
  ])("names the row of $name", ({ labels, row, text }) => {
    const table = new ClassCenters({ numClass: 3, size: 2 });
    const x = tf.tensor2d(features);
    let caught: unknown;
    try {
      centerLoss(x, labels, table);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(ValueError);
    if (caught instanceof ValueError) {
      expect(caught.message).toContain(text);
      expect(caught.facts.row).toBe(row);
    }
    x.dispose();
    table.dispose();
  });

  test("refuses features and labels of another shape", () => {
    const table = new ClassCenters({ numClass: 3, size: 4 });
    const x = tf.tensor2d(features);
    expect(() => centerLoss(x, labels, table)).toThrow(ShapeError);
    const wide = tf.zeros([3, 4]);
    expect(() => centerLoss(wide, [0, 1], table)).toThrow(/"labels" has shape \(2,\), expected \(3,\)/);
    tf.dispose([x, wide]);
    table.dispose();
  });
});

test("refuses a table without rows", () => {
  expect(() => new ClassCenters({ numClass: 0, size: 2 })).toThrow(UsageError);
});
