import { float32Array, Random, type Shape, sizeOf, toFloat32 } from "@mxgraft/base";
import { type ExecutionMode, type Executor, simpleBind } from "@mxgraft/executor";
import { apply, group, type Symbol as MxSymbol, variable } from "@mxgraft/symbol";
import * as tf from "@tensorflow/tfjs";
import { afterAll, describe, expect, test } from "vitest";
import { type Run, useRun } from "./use-run.ts";

type Attributes = Readonly<Record<string, string | number | boolean | readonly number[]>>;

const data = () => variable("data");
const conv = (x: MxSymbol, attributes: Attributes = {}, name = "conv") =>
  apply("Convolution", { data: x, kernel: [3, 3], pad: [1, 1], num_filter: 4, ...attributes, name });
const norm = (x: MxSymbol, attributes: Attributes = {}, name = "bn") =>
  apply("BatchNorm", { data: x, ...attributes, name });
const relu = (x: MxSymbol, name = "relu") => apply("Activation", { data: x, act_type: "relu", name });
const plus = (lhs: MxSymbol, rhs: MxSymbol, name = "sum") => apply("elemwise_add", { lhs, rhs, name });

const IMAGE: Shape = [2, 4, 6, 5];

interface Case {
  readonly name: string;
  readonly symbol: () => MxSymbol;
  readonly shape?: Shape;
}

const cases: Case[] = [
  { name: "convolution, BatchNorm, relu", symbol: () => relu(norm(conv(data()))) },
  { name: "without bias", symbol: () => relu(norm(conv(data(), { no_bias: true }))) },
  { name: "gamma in use and a large eps", symbol: () => norm(conv(data()), { fix_gamma: false, eps: 0.5 }) },
  { name: "use_global_stats", symbol: () => norm(conv(data()), { use_global_stats: true, fix_gamma: false }) },
  { name: "axis that is not the channels", symbol: () => norm(conv(data()), { axis: 2, fix_gamma: false }) },
  { name: "strides", symbol: () => relu(norm(conv(data(), { stride: [2, 2] }), { fix_gamma: false })) },
  { name: "dilation", symbol: () => norm(conv(data(), { dilate: [2, 2], pad: [2, 2] })) },
  { name: "groups", symbol: () => relu(norm(conv(data(), { num_group: 2 }), { fix_gamma: false })) },
  { name: "depthwise", symbol: () => relu(norm(conv(data(), { num_group: 4 }), { fix_gamma: false })) },
  {
    name: "depthwise with rows no padding of TensorFlow's makes",
    symbol: () => relu(norm(conv(data(), { num_group: 4, pad: [2, 0] }))),
  },
  { name: "one axis", shape: [2, 3, 7], symbol: () => relu(norm(conv(data(), { kernel: [3], pad: [1] }))) },
  {
    name: "three axes",
    shape: [1, 2, 4, 4, 3],
    symbol: () => relu(norm(conv(data(), { kernel: [3, 3, 3], pad: [1, 1, 1] }))),
  },
  {
    name: "channels last",
    shape: [2, 6, 5, 4],
    symbol: () => relu(norm(conv(data(), { layout: "NHWC" }), { axis: 3, fix_gamma: false })),
  },
  { name: "residual", symbol: () => relu(plus(norm(conv(data())), data())) },
  { name: "residual on the left, no activation", symbol: () => plus(data(), norm(conv(data()))) },
  { name: "sum straight behind the convolution", symbol: () => relu(plus(conv(data()), data())) },
  {
    name: "two convolutions that meet",
    symbol: () =>
      relu(plus(norm(conv(data())), norm(conv(data(), { kernel: [1, 1], pad: [0, 0] }, "shortcut"), {}, "bn1"))),
  },
  {
    name: "an intermediate value with two users",
    symbol: () => {
      const shared = norm(conv(data()));
      return plus(relu(shared), shared);
    },
  },
  {
    name: "an output in the middle",
    symbol: () => {
      const middle = conv(data());
      return group([relu(norm(middle)), middle]);
    },
  },
  { name: "mean and var as outputs", symbol: () => norm(conv(data()), { output_mean_var: true }) },
  {
    name: "FullyConnected",
    symbol: () =>
      relu(norm(apply("FullyConnected", { data: data(), num_hidden: 3, name: "fc" }), { fix_gamma: false })),
  },
  {
    name: "FullyConnected of rows",
    shape: [2, 3, 4],
    symbol: () =>
      relu(apply("FullyConnected", { data: data(), num_hidden: 3, flatten: false, no_bias: true, name: "fc" })),
  },
];

function filled(shape: Shape, random: Random, from = -1, to = 1) {
  return float32Array(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, () => from + (to - from) * random.uniform()),
  );
}

function fill(executor: Executor, seed = 5): void {
  const random = new Random(seed);
  for (const cell of executor.argCells.values()) cell.set(filled(cell.shape, random));
  for (const cell of executor.auxCells.values()) cell.set(filled(cell.shape, random, 0.2, 2));
}

async function evaluate(executor: Executor): Promise<number[][]> {
  await executor.forward();
  return Promise.all(executor.outputs.map(async (output) => Array.from(toFloat32(await output.toHost()))));
}

function expectClose(actual: number[][], expected: number[][]): void {
  expect(actual.map((values) => values.length)).toEqual(expected.map((values) => values.length));
  for (const [i, values] of actual.entries()) {
    const error = Math.max(...values.map((value, k) => Math.abs(value - (expected[i]?.[k] ?? Number.NaN))));
    expect(error).toBeLessThan(2e-5);
  }
}

const open: Executor[] = [];

function bind(symbol: MxSymbol, shape: Shape, mode: ExecutionMode, gradReq: "null" | "write"): Executor {
  const executor = simpleBind(symbol, { shapes: { data: shape }, mode, gradReq });
  open.push(executor);
  return executor;
}

const runs: readonly (Run & { readonly name: string })[] = [
  { name: "cpu", backend: "cpu", mode: "eager" },
  { name: "wasm", backend: "wasm", mode: "eager" },
  { name: "tensorflow, eager", backend: "tensorflow", mode: "eager" },
  { name: "tensorflow, functions", backend: "tensorflow", mode: "compiled", carrier: "function" },
  { name: "tensorflow, sessions", backend: "tensorflow", mode: "compiled", carrier: "session" },
];

describe.for(runs)("$name", (own) => {
  const { mode } = own;
  const setting = useRun(own);
  afterAll(() => {
    for (const executor of open.splice(0)) executor.dispose();
  });

  // Where weights are trained, the first evaluation after a change runs step by step and the next one fused.
  test.for(cases)("$name: the same numbers as step by step", async ({ symbol, shape = IMAGE }, { skip }) => {
    if (setting.missing !== undefined) skip(setting.missing);
    const trained = bind(symbol(), shape, mode, "write");
    fill(trained);
    const plain = await evaluate(trained);
    expect(plain.flat().some((value) => value !== 0)).toBe(true);
    expectClose(await evaluate(trained), plain);
    const fixed = bind(symbol(), shape, mode, "null");
    fill(fixed);
    expectClose(await evaluate(fixed), plain);
  });

  test("new weights count at once, and gamma that is fixed becomes 1", async ({ skip }) => {
    if (setting.missing !== undefined) skip(setting.missing);
    const symbol = relu(norm(conv(data())));
    const executor = bind(symbol, IMAGE, mode, "null");
    fill(executor);
    await evaluate(executor);
    const held = tf.memory().numTensors;
    fill(executor, 6);
    const changed = await evaluate(executor);
    expect(tf.memory().numTensors).toBe(held);
    expect(toFloat32(await gammaOf(executor))).toEqual(new Float32Array(4).fill(1));
    const fresh = bind(symbol, IMAGE, mode, "write");
    fill(fresh, 6);
    expectClose(changed, await evaluate(fresh));
    executor.auxCells.get("bn_moving_mean")?.set(float32Array([4], [9, 9, 9, 9]));
    fresh.auxCells.get("bn_moving_mean")?.set(float32Array([4], [9, 9, 9, 9]));
    expectClose(await evaluate(executor), await evaluate(fresh));
  });

  test("a training step between evaluations counts, and backward follows a fused evaluation", async ({ skip }) => {
    if (setting.missing !== undefined) skip(setting.missing);
    const executor = bind(relu(plus(norm(conv(data())), data())), IMAGE, mode, "write");
    fill(executor);
    const first = await evaluate(executor);
    await evaluate(executor);
    const head = filled(IMAGE, new Random(1));
    await executor.backward([head]);
    const fused = Array.from(toFloat32(await need(executor.gradCells.get("conv_weight")).toHost()));
    await executor.forward();
    await executor.forward({ isTrain: true });
    await executor.backward([head]);
    const plain = await evaluate(executor);
    expectClose(await evaluate(executor), plain);
    expect(plain).not.toEqual(first);
    await evaluate(executor);
    const after = tf.memory().numTensors;
    await evaluate(executor);
    expect(tf.memory().numTensors).toBe(after);
    // The gradient of the evaluation is that of one that was never fused.
    const other = bind(relu(plus(norm(conv(data())), data())), IMAGE, mode, "write");
    fill(other);
    await other.forward();
    await other.backward([head]);
    expectClose([fused], [Array.from(toFloat32(await need(other.gradCells.get("conv_weight")).toHost()))]);
  });

  test("gives everything back", async ({ skip }) => {
    if (setting.missing !== undefined) skip(setting.missing);
    for (const executor of open.splice(0)) executor.dispose();
    const before = tf.memory().numTensors;
    const executor = bind(relu(plus(norm(conv(data())), data())), IMAGE, mode, "null");
    await evaluate(executor);
    executor.dispose();
    open.length = 0;
    expect(tf.memory().numTensors).toBe(before);
  });
});

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("it is missing");
  return value;
}

function gammaOf(executor: Executor) {
  return need(executor.argCells.get("bn_gamma")).toHost();
}
