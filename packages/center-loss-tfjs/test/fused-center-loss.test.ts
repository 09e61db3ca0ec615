import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { ValueError } from "@mxgraft/base";
import { ResourceVariable, setBackend, type TensorId, tfjsNodeBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ClassCenters, centerLoss, centerLossStep } from "../src/index.ts";
import { batch } from "./drawn-batch.ts";
import { hasNativeOperators, withoutNativeOperators } from "./native-operators.ts";

const there = await hasNativeOperators();

/** The formula of center loss in double precision, row by row. */
function byHand(features: Float32Array, labels: Int32Array, before: Float32Array, size: number) {
  const [alpha, scale] = [0.5, 0.25];
  const moves = new Float64Array(before.length);
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  let squares = 0;
  const gradient = features.map((value, i) => {
    const label = labels[Math.floor(i / size)] ?? 0;
    const at = label * size + (i % size);
    const diff = value - (before[at] ?? 0);
    squares += diff * diff;
    moves[at] = (moves[at] ?? 0) + (alpha * diff) / (1 + (counts.get(label) ?? 0));
    return (scale * diff) / labels.length;
  });
  return { loss: squares / (2 * labels.length), gradient, centers: before.map((value, i) => value + (moves[i] ?? 0)) };
}

/** A copy of the centers as numbers. */
async function read(table: ClassCenters): Promise<Float32Array> {
  return Float32Array.from((await table.toHost()).data, Number);
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a, (value, i) => Math.abs(value - (b[i] ?? Number.NaN))).reduce((x, y) => Math.max(x, y), 0);
}

describe.skipIf(!there)("the fused operators of TensorFlow", () => {
  let tensors = 0;
  beforeAll(async () => {
    await setBackend("tensorflow");
  });
  beforeEach(() => {
    tensors = tf.memory().numTensors;
  });
  afterEach(() => {
    expect(tf.memory().numTensors).toBe(tensors);
  });

  // Sizes that do and do not fill vector registers; classes that occur once, often, and all in one.
  test.for([
    { rows: 1, size: 1, classes: 1 },
    { rows: 100, size: 2, classes: 10 },
    { rows: 50, size: 37, classes: 1000 },
    { rows: 64, size: 300, classes: 3 },
    { rows: 300, size: 1030, classes: 1 },
    { rows: 0, size: 4, classes: 3 },
  ])("do what the formula says: $rows rows of $size, $classes classes", async ({ rows, size, classes }) => {
    const { features, labels, centers } = batch(rows, size, classes);
    const want = byHand(features, labels, centers.data, size);
    const table = new ClassCenters({ numClass: classes, size, alpha: 0.5, scale: 0.25 });
    table.set(centers);
    const [x, y] = [tf.tensor2d(features, [rows, size]), tf.tensor1d(labels, "int32")];
    const { loss, gradient } = centerLossStep(x, y, table);
    if (rows > 0) expect(loss.dataSync()[0]).toBeCloseTo(want.loss, 4);
    expect(gradient.shape).toEqual([rows, size]);
    expect(largestDifference(gradient.dataSync(), want.gradient)).toBeLessThan(1e-7);
    expect(largestDifference(await read(table), want.centers)).toBeLessThan(1e-6);
    tf.dispose([x, y, loss, gradient]);
    table.dispose();
  });

  test("forward and backward apart give the bits of the step", async () => {
    const { features, labels, centers } = batch(64, 37, 9);
    const tables = [1, 2].map(() => new ClassCenters({ numClass: 9, size: 37, alpha: 0.5, scale: 0.25 }));
    for (const table of tables) table.set(centers);
    const [first, second] = tables;
    if (!first || !second) throw new Error("no tables");
    const [x, y] = [tf.tensor2d(features, [64, 37]), tf.tensor1d(labels)];
    const { value, grad } = tf.valueAndGrad((data) => centerLoss(data, y, first))(x);
    const { loss, gradient } = centerLossStep(x, y, second);
    expect(loss.dataSync()).toEqual(value.dataSync());
    expect(largestDifference(gradient.dataSync(), grad.dataSync())).toBeLessThan(1e-9);
    expect(largestDifference(await read(first), await read(second))).toBeLessThan(1e-6);
    tf.dispose([x, y, value, grad, loss, gradient]);
    for (const table of tables) table.dispose();
  });

  test("are what the kernels call: only they refuse a label without reading labels back", () => {
    // Which operators a table uses is found out at its first step.
    const [table, other] = [new ClassCenters({ numClass: 3, size: 2 }), new ClassCenters({ numClass: 3, size: 2 })];
    const [x, y] = [tf.zeros([2, 2]), tf.tensor1d([0, 1], "int32")];
    const { binding } = tfjsNodeBackend();
    const operators: string[] = [];
    const executeOp = binding.executeOp.bind(binding);
    Object.assign(tfjsNodeBackend(), {
      binding: Object.create(binding, {
        executeOp: {
          value: (...args: Parameters<typeof executeOp>) => {
            operators.push(args[0]);
            return executeOp(...args);
          },
        },
      }),
    });
    try {
      tf.dispose(Object.values(centerLossStep(x, y, table)));
      expect(operators).toEqual(["MxgraftCenterLossStep"]);
      tf.dispose(Object.values(withoutNativeOperators(() => centerLossStep(x, y, other))));
      expect(operators).toContain("ResourceGather");
    } finally {
      Object.assign(tfjsNodeBackend(), { binding });
    }
    tf.dispose([x, y]);
    table.dispose();
    other.dispose();
  });

  describe("a label out of range", () => {
    test.for([
      { type: "int32", labels: [0, 1, 7, 1, -1], row: 2, text: 'argument "label" is 7 in row 2' },
      { type: "float32", labels: [0, 1, 2, -1, 1], row: 3, text: 'argument "label" is -1 in row 3' },
      { type: "float32", labels: [0, 1, 2, 1, 3], row: 4, text: "expected a class index 0..2 (num_class is 3)" },
      { type: "float32", labels: [Number.NaN, 1, 2, 1, 0], row: 0, text: 'argument "label" is NaN in row 0' },
    ] as const)("is a ValueError and moves no center: $type $labels", async ({ type, labels, row, text }) => {
      const { features, centers } = batch(5, 2, 3);
      const table = new ClassCenters({ numClass: 3, size: 2 });
      table.set(centers);
      const [x, y] = [tf.tensor2d(features, [5, 2]), tf.tensor1d([...labels], type)];
      let caught: unknown;
      try {
        centerLossStep(x, y, table);
      } catch (error) {
        caught = error;
      }
      expect(caught).toBeInstanceOf(ValueError);
      expect(caught).toMatchObject({ message: expect.stringContaining(text), facts: { row } });
      expect((await table.toHost()).data).toEqual(centers.data);
      tf.dispose([x, y]);
      table.dispose();
    });

    test("is named by the operator itself too, for graphs and functions", () => {
      const { binding } = tfjsNodeBackend();
      const centers = new ResourceVariable([3, 2]);
      const ids = [
        binding.createTensor([2, 2], binding.TF_FLOAT, new Float32Array(4)),
        binding.createTensor([2], binding.TF_INT32, Int32Array.of(5, -2)),
        binding.createTensor([], binding.TF_FLOAT, Float32Array.of(1)),
      ];
      const [x, y, one] = ids as [TensorId, TensorId, TensorId];
      const run = (operator: string, inputs: readonly TensorId[], outputs: number) => () =>
        binding.executeOp(operator, [], [centers.handle, ...inputs], outputs);
      const message =
        'argument "label" is 5 in row 0, out of range, expected a class index 0..2 (num_class is 3); so are 1 more of 2 rows.';
      expect(run("MxgraftCenterLossStep", [x, y, one, one], 2)).toThrow(message);
      expect(run("MxgraftCenterLossForward", [x, y], 2)).toThrow(message);
      expect(run("MxgraftCenterLossBackward", [x, y, one, one], 1)).toThrow(message);
      for (const id of ids) binding.deleteTensor(id);
      centers.dispose();
    });
  });

  test("refuse what does not fit together", () => {
    const { binding } = tfjsNodeBackend();
    const centers = new ResourceVariable([3, 2]);
    const cube = new ResourceVariable([3, 2, 2]);
    const float = (shape: number[]) =>
      binding.createTensor(shape, binding.TF_FLOAT, new Float32Array(shape.reduce((a, b) => a * b, 1)));
    const [fits, wide, labels, many, one] = [float([4, 2]), float([4, 3]), float([4]), float([5]), float([])];
    const step =
      (handle: TensorId, x: TensorId, y: TensorId, alpha = one) =>
      () =>
        binding.executeOp("MxgraftCenterLossStep", [], [handle, x, y, alpha, one], 2);
    expect(step(centers.handle, wide, labels)).toThrow('argument "data" has shape [4,3], expected [N,2]');
    expect(step(centers.handle, fits, many)).toThrow('argument "label" has shape [5], expected [4]');
    expect(step(centers.handle, fits, labels, labels)).toThrow('argument "alpha" has shape [4], expected []');
    expect(step(cube.handle, fits, labels)).toThrow("expected float (C, D)");
    for (const id of [fits, wide, labels, many, one]) binding.deleteTensor(id);
    centers.dispose();
    cube.dispose();
  });

  test("leave nothing behind in TensorFlow", () => {
    const { binding } = tfjsNodeBackend();
    const table = new ClassCenters({ numClass: 10, size: 3 });
    const [x, y] = [tf.ones([20, 3]), tf.tensor1d(new Int32Array(20), "int32")];
    const once = () => {
      tf.dispose(Object.values(centerLossStep(x, y, table)));
      tf.dispose(Object.values(centerLossStep(x, new Int32Array(20), table)));
      tf.tidy(() => tf.grad((data) => centerLoss(data, y, table))(tf.ones([20, 3]))).dispose();
      expect(() => centerLossStep(x, new Int32Array(20).fill(10), table)).toThrow(ValueError);
    };
    once();
    const before = binding.getNumOfTensors();
    for (let step = 0; step < 20; step++) once();
    expect(binding.getNumOfTensors()).toBe(before);
    tf.dispose([x, y]);
    table.dispose();
  });

  test("give the same bits with 1, 2 and 7 threads", () => {
    const program = fileURLToPath(new URL("print-step-hash.ts", import.meta.url));
    const tsx = createRequire(import.meta.url).resolve("tsx");
    const { FORCE_COLOR: _, ...environment } = process.env;
    const hashes = ["1", "2", "7"].map((threads) => {
      const args = ["--conditions=@mxgraft/source", "--import", tsx, program, threads];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { env: environment, encoding: "utf8" });
      expect(status, stderr).toBe(0);
      return stdout;
    });
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}\n$/);
    expect(new Set(hashes).size).toBe(1);
    // Three processes that load TensorFlow, on a machine that may be busy.
  }, 180_000);
});
