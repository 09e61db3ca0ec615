import { DTypeError, float32Array, hostArray, ShapeError, UsageError, ValueError } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setBackend } from "../../src/backends/set-backend.ts";
import { probeTensorflow } from "../../src/tensorflow/load-tensorflow.ts";
import { ResourceVariable } from "../../src/tensorflow/resource-variable.ts";
import { tfjsNodeBackend } from "../../src/tensorflow/tfjs-node-backend.ts";
import { uniqueWithCounts } from "../../src/tensorflow/unique-with-counts.ts";
import { createVariableCell } from "../../src/tensorflow/variable-cell.ts";

const tensorflow = probeTensorflow();
const reason = tensorflow.available ? "" : ` (skipped: tensorflow is ${tensorflow.reason})`;

test("needs the backend tensorflow", async () => {
  await setBackend("cpu");
  expect(() => new ResourceVariable([2, 2])).toThrow('The backend "tensorflow" is not loaded');
});

describe.skipIf(!tensorflow.available)(`resource variables${reason}`, () => {
  let tensorsBefore = 0;
  beforeAll(async () => {
    await setBackend("tensorflow");
    tensorsBefore = tfjsNodeBackend().binding.getNumOfTensors();
  });
  afterAll(() => {
    // The binding's own count: handles of variables are no tensors of tfjs.
    expect(tf.memory().numTensors).toBe(0);
    expect(tfjsNodeBackend().binding.getNumOfTensors()).toBe(tensorsBefore);
  });

  /** Runs `work` with a variable (3, 2) of the rows 0 1, 2 3, 4 5 and tensors that vanish afterwards. */
  function withTable(work: (table: ResourceVariable) => void): void {
    const table = new ResourceVariable([3, 2]);
    table.set(float32Array([3, 2], [0, 1, 2, 3, 4, 5]));
    try {
      tf.tidy(() => work(table));
    } finally {
      table.dispose();
    }
  }
  const rows = (...indices: number[]) => tf.tensor1d(indices, "int32");

  test("start as zeros", async () => {
    const table = new ResourceVariable([2, 2]);
    expect(await table.toHost()).toEqual(float32Array([2, 2]));
    table.dispose();
  });

  test("give rows by index, repeated and in any order", () =>
    withTable((table) => {
      expect(table.gather(rows(2, 0, 2)).arraySync()).toEqual([
        [4, 5],
        [0, 1],
        [4, 5],
      ]);
    }));

  test("add up the updates of a row that occurs twice", () =>
    withTable((table) => {
      table.scatterAdd(
        rows(1, 1, 0),
        tf.tensor2d([
          [10, 20],
          [100, 200],
          [-1, -1],
        ]),
      );
      expect([...table.readRows(0, 3).data]).toEqual([-1, 0, 112, 223, 4, 5]);
    }));

  test("give a range of rows", () =>
    withTable((table) => {
      expect(table.readRows(1, 3)).toEqual(float32Array([2, 2], [2, 3, 4, 5]));
      expect(table.readRows(3, 3)).toEqual(float32Array([0, 2]));
    }));

  test("take arrays of other data types", () =>
    withTable((table) => {
      table.set(hostArray("int32", [3, 2], Int32Array.of(9, 8, 7, 6, 5, 4)));
      expect([...table.readRows(0, 3).data]).toEqual([9, 8, 7, 6, 5, 4]);
    }));

  test("do not share memory with the array they were set from", () =>
    withTable((table) => {
      const array = float32Array([3, 2], [1, 1, 1, 1, 1, 1]);
      table.set(array);
      array.data.fill(7);
      expect([...table.readRows(0, 1).data]).toEqual([1, 1]);
    }));

  test("are separate from each other", () =>
    withTable((first) =>
      withTable((second) => {
        first.scatterAdd(rows(0), tf.ones([1, 2]));
        expect([...first.readRows(0, 1).data]).toEqual([1, 2]);
        expect([...second.readRows(0, 1).data]).toEqual([0, 1]);
      }),
    ));

  test("may have one axis or three", async () => {
    for (const shape of [[4], [2, 2, 1]]) {
      const table = new ResourceVariable(shape);
      table.set(float32Array(shape, [1, 2, 3, 4]));
      expect(await table.toHost()).toEqual(float32Array(shape, [1, 2, 3, 4]));
      table.dispose();
    }
  });

  test("refuse what does not fit", () =>
    withTable((table) => {
      expect(() => table.scatterAdd(rows(1), tf.ones([2, 2]))).toThrow(ShapeError);
      expect(() => table.scatterAdd(rows(1), tf.ones([1, 2], "int32"))).toThrow(DTypeError);
      expect(() => table.gather(tf.tensor1d([1]))).toThrow(DTypeError);
      expect(() => table.set(float32Array([2, 3]))).toThrow(ShapeError);
      expect(() => table.readRows(1, 4)).toThrow(ValueError);
      expect(() => table.gather(rows(3))).toThrow("indices[0] = 3 is not in [0, 3)");
    }));

  test("cannot be used once they are disposed", () => {
    const table = new ResourceVariable([3, 2]);
    table.dispose();
    table.dispose();
    expect(() => table.readRows(0, 1)).toThrow(UsageError);
  });

  test("are what a cell of the kind variable holds", async () => {
    const cell = createVariableCell("center_bias", [2, 2], "float64");
    cell.set(float32Array([2, 2], [1, 2, 3, 4]));
    expect(await cell.toHost()).toEqual(hostArray("float64", [2, 2], Float64Array.of(1, 2, 3, 4)));
    expect(() => cell.set(float32Array([4]))).toThrow('Array "center_bias" has shape (2, 2)');
    cell.dispose();
  });

  test("count the distinct labels of a batch", () => {
    tf.tidy(() => {
      const { values, index, counts } = uniqueWithCounts(rows(7, 3, 7, 7, 1_000_000));
      expect([...values.dataSync()]).toEqual([7, 3, 1_000_000]);
      expect([...index.dataSync()]).toEqual([0, 1, 0, 0, 2]);
      expect([...counts.dataSync()]).toEqual([3, 1, 1]);
      expect(() => uniqueWithCounts(tf.tensor1d([1]))).toThrow(DTypeError);
    });
  });

  test("of 1,000,000 x 128 are trained without a second copy", { timeout: 120_000 }, () => {
    const [C, D, N] = [1_000_000, 128, 256];
    const tableBytes = C * D * 4;
    const before = process.memoryUsage().rss;
    const table = new ResourceVariable([C, D]);
    const created = process.memoryUsage().rss;
    expect(created - before).toBeLessThan(1.2 * tableBytes);
    expect(created - before).toBeGreaterThan(0.9 * tableBytes);
    // Center loss with alpha 0.5: c_y += alpha * sum(x - c_y) / (1 + n_y).
    const step = (seed: number) =>
      tf.tidy(() => {
        const data = tf.randomNormal([N, D], 0, 1, "float32", seed);
        const label = tf.randomUniform([N], 0, C, "int32", seed);
        const difference = tf.sub(data, table.gather(label));
        const { index, counts } = uniqueWithCounts(label);
        const weight = tf.gather(tf.div(0.5, tf.add(tf.cast(counts, "float32"), 1)), index);
        table.scatterAdd(label, tf.mul(difference, tf.expandDims(weight, 1)));
      });
    const started = performance.now();
    for (let i = 0; i < 50; i++) step(i);
    const milliseconds = (performance.now() - started) / 50;
    expect(process.memoryUsage().rss - created).toBeLessThan(0.2 * tableBytes);
    // A step that copied the table would move 1 GB and take hundreds of milliseconds.
    expect(milliseconds).toBeLessThan(60);
    expect(table.readRows(0, 20_000).data.some((value) => value !== 0)).toBe(true);
    table.dispose();
  });
});
