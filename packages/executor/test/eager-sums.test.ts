import { float32Array, UsageError } from "@mxgraft/base";
import { type Executor, type StepExpression, simpleBind } from "@mxgraft/executor";
import { apply, variable } from "@mxgraft/symbol";
import { setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { registerToyOperators } from "./toy-operators.ts";

// The backend cpu, taken for one that has to be waited for.
const device = vi.hoisted(() => ({ readBack: "waits" }));
vi.mock("@mxgraft/tfjs", async (original) => ({
  ...(await original<typeof import("@mxgraft/tfjs")>()),
  readBack: () => device.readBack,
}));

beforeAll(async () => {
  await setBackend("cpu");
  registerToyOperators();
});

beforeEach(() => {
  const held = tf.memory().numTensors;
  device.readBack = "waits";
  return () => expect(tf.memory().numTensors).toBe(held);
});

const squareOf = (input: StepExpression): StepExpression => ({ operator: "toy_squares", inputs: [input] });
/** The output 3x and the square of its sum, of x of one element. */
const SUMS: StepExpression[] = [{ output: 0 }, squareOf({ argument: "x" })];

function bound(): Executor {
  return simpleBind(apply("toy_scale", { data: variable("x"), factor: 3 }), { shapes: { x: [1] }, mode: "eager" });
}

async function run(executor: Executor, steps: readonly number[], sums = SUMS): Promise<boolean[]> {
  const added: boolean[] = [];
  for (const x of steps) added.push(await executor.forward({ inputs: { x: float32Array([1], [x]) }, sums }));
  return added;
}

const kinds = [
  { readBack: "waits", name: "a device that is waited for" },
  { readBack: "promise", name: "a device that gives promises" },
];
const cases = [
  { name: "one step", steps: [2], want: [6, 4] },
  { name: "steps of both signs", steps: [2, -1, 0.5], want: [4.5, 5.25] },
  // A sum in float32 would stay at 2^24.
  { name: "many small numbers behind a large one", steps: [4096, ...Array(79).fill(1)], want: [12525, 2 ** 24 + 79] },
  { name: "NaN", steps: [1, Number.NaN], want: [Number.NaN, Number.NaN] },
  { name: "no step", steps: [], want: [0, 0] },
];

describe.for(kinds)("on $name", ({ readBack }) => {
  test.for(cases)("sums of $name are fetched once", async ({ steps, want }) => {
    device.readBack = readBack;
    const executor = bound();
    expect(await run(executor, steps)).toEqual(steps.map(() => true));
    expect(executor.sumsNeedFetch).toBe(readBack === "promise" && steps.length > 0);
    await executor.fetchSums(SUMS);
    expect(executor.takeSums(SUMS)).toEqual({ steps: steps.length, values: want });
    expect(executor.takeSums(SUMS)).toEqual({ steps: 0, values: [0, 0] });
    executor.dispose();
  });
});

test("a device that is waited for needs no fetch", async () => {
  const executor = bound();
  await run(executor, [1, 2]);
  expect(executor.takeSums(SUMS)).toEqual({ steps: 2, values: [9, 5] });
  executor.dispose();
});

test("before a fetch, a device that gives promises has given what it was asked for along the way", async () => {
  device.readBack = "promise";
  const executor = bound();
  await run(executor, Array(33).fill(1));
  expect(executor.takeSums(SUMS)).toEqual({ steps: 32, values: [96, 32] });
  expect(executor.sumsNeedFetch).toBe(true);
  executor.dispose();
});

test("where reading is free nothing is added, and the caller reads the outputs", async () => {
  device.readBack = "free";
  const executor = bound();
  expect(await run(executor, [1])).toEqual([false]);
  expect(executor.takeSums(SUMS)).toEqual({ steps: 0, values: [0, 0] });
  executor.dispose();
});

test("different sums are kept apart, equal ones together", async () => {
  const executor = bound();
  const other: StepExpression[] = [{ output: 0 }];
  await run(executor, [1]);
  await run(executor, [2], other);
  await run(executor, [3], [...SUMS]);
  expect(executor.takeSums(other)).toEqual({ steps: 1, values: [6] });
  expect(executor.takeSums(SUMS)).toEqual({ steps: 2, values: [12, 10] });
  executor.dispose();
});

test("an output with its channels last is put in order for an operator that wants it so", async () => {
  const symbol = apply("toy_bias", { data: variable("data"), bias: variable("bias") });
  const executor = simpleBind(symbol, { shapes: { data: [1, 2, 1, 2] }, mode: "eager" });
  const weighted: StepExpression = { operator: "toy_product", inputs: [{ output: 0 }, { argument: "data" }] };
  const sums = [squareOf(weighted)];
  const inputs = { data: float32Array([1, 2, 1, 2], [1, 2, 3, 4]), bias: float32Array([2], [10, 20]) };
  await executor.forward({ inputs, sums });
  // 1 * 11, 2 * 12, 3 * 23, 4 * 24
  expect(executor.takeSums(sums)).toEqual({ steps: 1, values: [121 + 576 + 4761 + 9216] });
  executor.dispose();
});

test.for<{ name: string; sum: StepExpression; message: string }>([
  { name: "an output", sum: { output: 1 }, message: "The graph has no output 1." },
  { name: "an argument", sum: { argument: "y" }, message: "The graph has no argument y." },
])("refuses $name that the graph does not have", async ({ sum, message }) => {
  const executor = bound();
  const refused = run(executor, [1], [squareOf(sum)]);
  await expect(refused).rejects.toThrow(message);
  await expect(refused).rejects.toBeInstanceOf(UsageError);
  executor.dispose();
});
