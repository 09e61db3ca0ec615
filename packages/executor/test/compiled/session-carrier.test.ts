import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { float32Array, toFloat32, ValueError } from "@mxgraft/base";
import { compiledModeState, type ExecutionMode, type Executor, simpleBind } from "@mxgraft/executor";
import { sessionCount } from "@mxgraft/executor/compiled";
import { defineOperator, type Lowering, lowerings, nativeDefinitions, operators } from "@mxgraft/operator";
import { apply, type Symbol as MxSymbol, variable } from "@mxgraft/symbol";
import { kernels, setBackend, type TfjsKernel, tfjsNodeBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const inferShape = (_: object, known: { readonly arguments: readonly (readonly number[] | undefined)[] }) => ({
  arguments: known.arguments,
  outputs: [known.arguments[0]],
  auxiliaryStates: [known.arguments[0]],
});

/** Adds what it is given to a state, and gives the state. */
const total = defineOperator({ name: "session_total", attributes: {}, auxiliaryStates: ["sum"], inferShape });
const totalKernel: TfjsKernel = {
  forward({ inputs: [data], states: [sum] }) {
    if (data === undefined || sum?.kind !== "tensor") throw new Error("it has one input and one state");
    sum.write(tf.add(sum.read(), data));
    return [tf.clone(sum.read())];
  },
};
const totalLowering: Lowering = {
  forward({ graph, inputs: [data], states: [sum] }) {
    if (data === undefined || sum === undefined) throw new Error("it has one input and one state");
    graph.effect("AssignAddVariableOp", [sum.handle, data], [sum]);
    return [graph.one("Identity", [sum.read()])];
  },
};

/** The elements at places; a place that is none is an error of the run. */
const picked = defineOperator({
  name: "session_picked",
  attributes: {},
  arguments: ["data", "places"],
  auxiliaryStates: ["sum"],
  inferShape: (_, known) => ({ arguments: known.arguments, outputs: [known.arguments[1]], auxiliaryStates: [[1]] }),
});
const pickedLowering: Lowering = {
  forward({ graph, inputs: [data, places], states: [sum] }) {
    if (data === undefined || places === undefined) throw new Error("it has two inputs");
    sum?.write(graph.constant([1]));
    const indices = graph.one("Cast", [places], { DstT: { type: "int32" } });
    return [graph.one("GatherV2", [data, indices, graph.constant(0, "int32")])];
  },
};

/** Of a TensorFlow that is newer than any. */
const unknown = defineOperator({
  name: "session_unknown",
  attributes: {},
  inferShape: (_, known) => ({ arguments: known.arguments, outputs: known.arguments }),
});
const unknownKernel: TfjsKernel = { forward: ({ inputs: [data] }) => (data ? [tf.neg(data)] : []) };
const unknownLowering: Lowering = {
  forward: ({ graph, inputs: [data] }) => (data ? [graph.one("MxgraftTestOfTomorrow", [data])] : []),
};

/** Its training is of a TensorFlow that is newer than any. */
const half = defineOperator({
  name: "session_half_unknown",
  attributes: {},
  inferShape: (_, known) => ({ arguments: known.arguments, outputs: known.arguments }),
});
const halfLowering: Lowering = {
  forward: ({ graph, inputs: [data], isTrain }) =>
    data ? [graph.one(isTrain ? "MxgraftTestOfTomorrow" : "Neg", [data])] : [],
};

let ready = false;
beforeAll(async () => {
  vi.stubEnv("MXGRAFT_CARRIER", "session");
  await setBackend("tensorflow").catch(() => undefined);
  ready = (await compiledModeState()).available;
  nativeDefinitions.register("MxgraftTestOfTomorrow(x: float32) -> (y: float32) {}");
  for (const [spec, kernel, lowering] of [
    [total, totalKernel, totalLowering],
    [picked, totalKernel, pickedLowering],
    [unknown, unknownKernel, unknownLowering],
    [half, unknownKernel, halfLowering],
  ] as const) {
    operators.register(spec, { origin: "test" });
    kernels.register(spec.name, { portable: kernel });
    lowerings.register(spec.name, lowering);
  }
});
afterAll(() => {
  vi.unstubAllEnvs();
});

const MISSING = "the backend tensorflow is not set up";
const values = async (array: { toHost(): Promise<Parameters<typeof toFloat32>[0]> } | undefined) =>
  array && [...toFloat32(await array.toHost())];
const files = () => readdirSync(tmpdir()).filter((name) => name.startsWith("mxgraft-graph-"));

function bound(symbol: MxSymbol, mode: ExecutionMode = "compiled"): Executor {
  return simpleBind(symbol, { shapes: { x: [2] }, mode, gradReq: "null" });
}

test("says that it is the carrier, and why it is no function", async ({ skip }) => {
  if (!ready) skip(MISSING);
  const executor = bound(apply("session_total", { name: "t" }, [variable("x")]));
  await executor.forward({ inputs: { x: float32Array([2], [1, 2]) } });
  const reason = "MXGRAFT_CARRIER=session asks for it";
  expect(executor.compilation).toMatchObject({ mode: "compiled", carrier: "session", reason });
  executor.dispose();
});

test("a state is one array for sessions, eager kernels and whoever sets it", async ({ skip }) => {
  if (!ready) skip(MISSING);
  const symbol = apply("session_total", { name: "t" }, [variable("x")]);
  const executor = bound(symbol);
  const step = (x: number[]) => executor.forward({ inputs: { x: float32Array([2], x) } });
  const sum = executor.auxCells.get("t_sum");
  await step([1, 10]);
  await step([2, 20]);
  expect(await values(sum)).toEqual([3, 30]);
  sum?.set(float32Array([2], [100, 200]));
  await step([1, 1]);
  expect(await values(executor.outputs[0])).toEqual([101, 201]);
  // As an eager kernel changes a cell.
  if (sum?.kind === "tensor") sum.write(tf.mul(sum.read(), 2));
  await step([1, 1]);
  expect(await values(sum)).toEqual([203, 403]);
  const held = tf.memory().numTensors;
  for (let i = 0; i < 20; i++) await step([0, 0]);
  expect(tf.memory().numTensors).toBe(held);
  executor.dispose();
});

test("not-a-number goes in and out as it is", async ({ skip }) => {
  if (!ready) skip(MISSING);
  const executor = bound(apply("session_total", { name: "t" }, [variable("x")]));
  await executor.forward({ inputs: { x: float32Array([2], [Number.NaN, 1]) } });
  await executor.forward({ inputs: { x: float32Array([2], [1, 1]) } });
  expect(await values(executor.outputs[0])).toEqual([Number.NaN, 2]);
  executor.dispose();
});

test("equal graphs share a session, which goes with the last; no file stays", async ({ skip }) => {
  if (!ready) skip(MISSING);
  const [sessions, tensors, ids, before] = [sessionCount(), tf.memory().numTensors, heldByTensorFlow(), files()];
  const executors = ["a", "b"].map((name) => bound(apply("session_total", { name }, [variable("x")])));
  for (const executor of executors) await executor.forward({ inputs: { x: float32Array([2], [1, 2]) } });
  expect(sessionCount()).toBe(sessions + 1);
  for (const executor of executors) executor.dispose();
  expect([sessionCount(), tf.memory().numTensors, heldByTensorFlow()]).toEqual([sessions, tensors, ids]);
  expect(files()).toEqual(before);
});

test("a value that an operator refuses is a ValueError, and no state has changed", async ({ skip }) => {
  if (!ready) skip(MISSING);
  const symbol = apply("session_picked", { name: "p" }, [variable("x"), variable("places")]);
  const executor = simpleBind(symbol, { shapes: { x: [2], places: [1] }, mode: "compiled", gradReq: "null" });
  const run = (place: number) =>
    executor.forward({ inputs: { x: float32Array([2], [5, 6]), places: float32Array([1], [place]) } });
  await expect(run(7)).rejects.toThrow(ValueError);
  const held = heldByTensorFlow();
  await expect(run(7)).rejects.toThrow("indices[0] = 7 is not in [0, 2)");
  expect(await values(executor.auxCells.get("p_sum"))).toEqual([0]);
  expect(heldByTensorFlow()).toBe(held);
  await run(1);
  expect(await values(executor.outputs[0])).toEqual([6]);
  expect(await values(executor.auxCells.get("p_sum"))).toEqual([1]);
  executor.dispose();
});

test("a graph that this TensorFlow does not load runs eagerly, with the reason", async ({ skip }) => {
  if (!ready) skip(MISSING);
  const before = files();
  const symbol = apply("session_unknown", {}, [variable("x")]);
  const executor = bound(symbol, "auto");
  await executor.forward({ inputs: { x: float32Array([2], [1, 2]) } });
  expect(await values(executor.outputs[0])).toEqual([-1, -2]);
  expect(executor.compilation.mode).toBe("eager");
  expect(executor.compilation.reason).toMatch(
    /^TensorFlow does not load the graph: .*Op type not registered 'MxgraftTestOfTomorrow'/,
  );
  executor.dispose();
  const strict = bound(symbol);
  await expect(strict.forward()).rejects.toThrow(
    /^Mode "compiled" is not available: TensorFlow does not load the graph/,
  );
  strict.dispose();
  expect(files()).toEqual(before);
});

test("a graph that is not loaded leaves what the graphs before it have added up", async ({ skip }) => {
  if (!ready) skip(MISSING);
  const held = heldByTensorFlow();
  const executor = simpleBind(apply("session_half_unknown", {}, [variable("x")]), { shapes: { x: [1] }, mode: "auto" });
  const step = (value: number, isTrain: boolean) =>
    executor.forward({ isTrain, inputs: { x: float32Array([1], [value]) }, sums });
  const sums = [{ output: 0 }];
  expect([await step(2, false), await step(3, false)]).toEqual([true, true]);
  // From here on it is eager, where this backend adds up nothing.
  expect([await step(4, true), await step(5, false)]).toEqual([false, false]);
  expect(await values(executor.outputs[0])).toEqual([-5]);
  expect(executor.compilation.mode).toBe("eager");
  expect(executor.takeSums(sums)).toEqual({ steps: 2, values: [-5] });
  executor.dispose();
  expect(heldByTensorFlow()).toBe(held);
});

function heldByTensorFlow(): number {
  return tfjsNodeBackend().binding.getNumOfTensors();
}
