import { float32Array, Random, type Shape, sizeOf, toFloat32 } from "@mxgraft/base";
import { type Executor, simpleBind } from "@mxgraft/executor";
import { apply, group, type Symbol as MxSymbol, variable } from "@mxgraft/symbol";
import { afterAll, describe, expect, test } from "vitest";
import { type Run, useRun } from "./use-run.ts";

type Attributes = Readonly<Record<string, string | number | boolean | readonly number[]>>;

const IMAGE: Shape = [2, 3, 8, 7];
const PAIRS: Attributes = { kernel: [2, 2], stride: [2, 2] };

const conv = (x: MxSymbol, attributes: Attributes = {}) =>
  apply("Convolution", { data: x, kernel: [3, 3], pad: [1, 1], num_filter: 4, ...attributes, name: "conv" });
const activation = (x: MxSymbol, act_type: string) => apply("Activation", { data: x, act_type, name: "act" });
const pooling = (x: MxSymbol, attributes: Attributes = PAIRS) =>
  apply("Pooling", { data: x, ...attributes, name: "pool" });

interface Case {
  readonly name: string;
  readonly shape?: Shape;
  readonly before?: (x: MxSymbol) => MxSymbol;
  readonly activation?: (x: MxSymbol) => MxSymbol;
  readonly pooling?: Attributes;
  readonly operator?: "Pooling_v1";
  /** Whether the pooling is computed first. */
  readonly first: boolean;
}

const cases: readonly Case[] = [
  ...["relu", "sigmoid", "tanh", "softrelu", "softsign", "log_sigmoid"].map((act_type): Case => {
    return { name: act_type, activation: (x) => activation(x, act_type), first: true };
  }),
  ...["relu", "sigmoid", "tanh", "softsign"].map((name): Case => {
    return { name: `the function ${name}`, activation: (x) => apply(name, { data: x, name: "act" }), first: true };
  }),
  { name: "windows that overlap", pooling: { kernel: [3, 3], stride: [2, 2] }, first: true },
  { name: "padding", pooling: { kernel: [3, 3], stride: [2, 2], pad: [1, 1] }, first: true },
  { name: "full", pooling: { kernel: [3, 2], stride: [2, 2], pooling_convention: "full" }, first: true },
  { name: "same", pooling: { kernel: [3, 3], stride: [2, 2], pooling_convention: "same" }, first: true },
  { name: "Pooling_v1", operator: "Pooling_v1", first: true },
  { name: "global", pooling: { global_pool: true }, first: true },
  { name: "one axis", shape: [2, 3, 9], before: (x) => x, pooling: { kernel: [2], stride: [2] }, first: true },
  {
    name: "three axes",
    shape: [1, 2, 4, 4, 5],
    before: (x) => x,
    pooling: { kernel: [2, 2, 2], stride: [2, 2, 2] },
    first: true,
  },
  { name: "channels last", shape: [2, 8, 7, 3], pooling: { ...PAIRS, layout: "NHWC" }, first: true },
  { name: "straight behind the data", before: (x) => x, first: true },
  {
    name: "behind BatchNorm and a sum",
    before: (x) => {
      const y = conv(x, { num_filter: 3 });
      return apply("elemwise_add", { lhs: apply("BatchNorm", { data: y, name: "bn" }), rhs: x, name: "sum" });
    },
    activation: (x) => activation(x, "relu"),
    first: true,
  },
  { name: "not mish, which falls at first", activation: (x) => activation(x, "mish"), first: false },
  { name: "not an average", pooling: { ...PAIRS, pool_type: "avg" }, first: false },
  { name: "not as many windows as numbers", pooling: { kernel: [3, 3], pad: [1, 1] }, first: false },
  {
    name: "not a window of padding alone at the start",
    pooling: { kernel: [2, 2], stride: [2, 2], pad: [2, 0] },
    first: false,
  },
  {
    name: "not a window of padding alone at the end",
    pooling: { kernel: [1, 1], stride: [3, 3], pooling_convention: "full" },
    first: false,
  },
];

/** The pooling of an activation, and both. */
function graphs({
  before = conv,
  activation: act = (x) => activation(x, "tanh"),
  pooling: attributes,
  operator,
}: Case) {
  const y = act(before(variable("data")));
  const pooled = operator === undefined ? pooling(y, attributes) : apply(operator, { data: y, ...PAIRS, name: "pool" });
  return { alone: pooled, listed: group([pooled, y]) };
}

const runs: readonly (Run & { readonly name: string })[] = [
  { name: "cpu", backend: "cpu", mode: "eager" },
  { name: "wasm", backend: "wasm", mode: "eager" },
  { name: "tensorflow, eager", backend: "tensorflow", mode: "eager" },
  { name: "tensorflow, compiled", backend: "tensorflow", mode: "compiled" },
];

describe.for(runs)("$name", (own) => {
  const { mode } = own;
  const setting = useRun(own);
  const open: Executor[] = [];
  afterAll(() => {
    for (const executor of open.splice(0)) executor.dispose();
  });

  function bind(symbol: MxSymbol, shape: Shape, gradReq: "null" | "write"): Executor {
    const executor = simpleBind(symbol, { shapes: { data: shape }, mode, gradReq });
    open.push(executor);
    const random = new Random(7);
    for (const cell of [...executor.argCells.values(), ...executor.auxCells.values()])
      cell.set(filled(cell.shape, random));
    return executor;
  }

  // Where the activation is an output too, it is computed first.
  test.for(cases)("$name: the numbers of the activation first", async (given, { skip }) => {
    if (setting.missing !== undefined) skip(setting.missing);
    const { alone, listed } = graphs(given);
    const shape = given.shape ?? IMAGE;
    const executor = bind(alone, shape, "write");
    const reference = bind(listed, shape, "write");
    const [result, expected] = [await trained(executor), await trained(reference)];
    expect([...result.keys()]).toEqual([...expected.keys()].filter((name) => name !== "output 1"));
    for (const [name, values] of result) expectClose(values, expected.get(name));
    if (mode !== "compiled") return;
    expect(isPooledFirst(executor)).toBe(given.first);
    expect(isPooledFirst(reference)).toBe(false);
  });

  test.for([
    { name: "in front of the pooling", symbol: () => pooling(activation(conv(variable("data")), "relu")) },
    { name: "behind it", symbol: () => activation(pooling(conv(variable("data"))), "relu") },
  ])("an evaluation computes a relu $name along with the convolution", async ({ symbol }, { skip }) => {
    if (setting.missing !== undefined) skip(setting.missing);
    const executor = bind(symbol(), IMAGE, "null");
    const reference = bind(
      graphs({ name: "", activation: (x) => activation(x, "relu"), first: true }).listed,
      IMAGE,
      "write",
    );
    await executor.forward();
    await reference.forward();
    expectClose(await output(executor, 0), await output(reference, 0));
    if (mode === "compiled") expect(forwardNodes(executor)).toEqual(["pool"]);
  });
});

function filled(shape: Shape, random: Random) {
  return float32Array(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, () => 2 * random.uniform() - 1),
  );
}

/** The outputs and gradients of a training step; heads behind the first are zeros. */
async function trained(executor: Executor): Promise<Map<string, Float32Array>> {
  const results = new Map<string, Float32Array>();
  await executor.forward({ isTrain: true });
  for (const i of executor.outputs.keys()) results.set(`output ${i}`, await output(executor, i));
  await executor.backward(
    executor.outputs.map(({ shape }, i) =>
      i === 0 ? filled(shape, new Random(9)) : float32Array(shape, new Float32Array(sizeOf(shape))),
    ),
  );
  for (const [name, cell] of executor.gradCells) results.set(name, toFloat32(await cell.toHost()));
  return results;
}

async function output({ outputs }: Executor, index: number): Promise<Float32Array> {
  const found = outputs[index];
  if (found === undefined) throw new Error(`there is no output ${index}`);
  return toFloat32(await found.toHost());
}

function expectClose(actual: Float32Array, expected: Float32Array | undefined): void {
  expect(actual.length).toBe(expected?.length);
  const error = Math.max(...actual.map((value, i) => Math.abs(value - (expected?.[i] ?? Number.NaN))));
  expect(error).toBeLessThan(2e-5);
}

/** Names of the nodes that run forward on their own, in order. */
function forwardNodes({ compilation: { nodes = [] } }: Executor): string[] {
  return nodes.filter(({ direction }) => direction === "forward").map(({ node }) => node);
}

function isPooledFirst(executor: Executor): boolean {
  const nodes = forwardNodes(executor);
  return nodes.indexOf("pool") < nodes.indexOf("act");
}
