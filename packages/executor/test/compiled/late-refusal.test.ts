import { float32Array, toFloat32 } from "@mxgraft/base";
import { compiledModeState, type ExecutionMode, type Executor, invoke, simpleBind } from "@mxgraft/executor";
import { functionCarrier, registerBuiltinLowerings, sessionCarrier } from "@mxgraft/executor/compiled";
import {
  defineOperator,
  type GradReq,
  type Lowering,
  lowerings,
  nativeDefinitions,
  operators,
} from "@mxgraft/operator";
import { apply, group, type Symbol as MxSymbol, variable } from "@mxgraft/symbol";
import { kernels, setBackend, type TfjsKernel, tfjsNodeBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { CarrierError } from "../../src/carrier-error.ts";

// A carrier that takes every graph and refuses some of them, by an operator in them, when they are first called.

const sameShape = (_: object, known: { readonly arguments: readonly (readonly number[] | undefined)[] }) => ({
  arguments: known.arguments,
  outputs: known.arguments,
  auxiliaryStates: known.arguments,
});
const plain = (name: string) => defineOperator({ name, attributes: {}, inferShape: sameShape });

/** Forward and backward each add one to a state; forward gives data + state, both as eager and as compiled. */
const counted = defineOperator({
  name: "late_counted",
  attributes: {},
  auxiliaryStates: ["count"],
  inferShape: sameShape,
});
const count = (states: Parameters<TfjsKernel["forward"]>[0]["states"]) => {
  const [state] = states;
  if (state?.kind !== "tensor") throw new Error("it has one state");
  state.write(tf.add(state.read(), 1));
  return state.read();
};
const countedKernel: TfjsKernel = {
  forward: ({ inputs: [data], states }) => (data ? [tf.add(data, count(states))] : []),
  backward: ({ headGradients: [head], states }) => {
    count(states);
    return [head && tf.clone(head)];
  },
};
const countedLowering: Lowering = {
  forward({ graph, inputs: [data], states: [state] }) {
    if (data === undefined || state === undefined) return [];
    const next = graph.one("AddV2", [state.read(), graph.constant([1])]);
    state.write(next);
    return [graph.one("AddV2", [data, next])];
  },
  backward({ graph, headGradients: [head], states: [state] }) {
    state?.write(graph.one("AddV2", [state.read(), graph.constant([1])]));
    return [head];
  },
};

const squareKernel: TfjsKernel = {
  forward: ({ inputs: [data] }) => (data ? [tf.square(data)] : []),
  backward: ({ headGradients: [head], inputs: [data] }) => (head && data ? [tf.mul(head, tf.mul(data, 2))] : []),
};
/** Its gradient has the operator that the carrier refuses. */
const squareLowering: Lowering = {
  forward: ({ graph, inputs: [data] }) => (data ? [graph.one("Square", [data])] : []),
  backward: ({ graph, headGradients: [head], inputs: [data] }) =>
    head && data ? [graph.one("Div", [graph.one("Mul", [head, data]), graph.constant(0.5)])] : [],
};
/** Its gradient is of a TensorFlow that is newer than any. */
const tomorrowLowering: Lowering = {
  ...squareLowering,
  backward: ({ graph, headGradients: [head] }) => (head ? [graph.one("MxgraftTestOfLater", [head])] : []),
};
/** A loss. */
const half = defineOperator({
  name: "late_half_square",
  attributes: {},
  inferShape: (_, known) => ({ arguments: known.arguments, outputs: known.arguments }),
  needsHeadGradient: false,
});
const halfKernel: TfjsKernel = {
  forward: ({ inputs: [data] }) => (data ? [tf.mul(tf.square(data), 0.5)] : []),
  backward: ({ inputs: [data] }) => (data ? [tf.clone(data)] : []),
};
const update = defineOperator({
  name: "late_update",
  attributes: {},
  arguments: ["weight", "grad"],
  inferShape: (_, known) => ({ arguments: known.arguments, outputs: [known.arguments[0]] }),
});
const updateKernel: TfjsKernel = {
  forward: ({ inputs: [weight, gradient] }) => (weight && gradient ? [tf.sub(weight, gradient)] : []),
};
const updateLowering: Lowering = {
  forward: () => [],
  update: ({ graph, weight, gradient }) => weight.write(graph.one("Sub", [weight.read(), gradient])),
};
/** Stays eager, so that what is before and behind it are two graphs. */
const readingKernel: TfjsKernel = {
  forward: ({ inputs: [data] }) => (data ? [tf.tensor(Float32Array.from(data.dataSync()), data.shape)] : []),
  backward: ({ headGradients: [head] }) => [head && tf.clone(head)],
};

beforeAll(async () => {
  await setBackend("tensorflow").catch(() => undefined);
  nativeDefinitions.register("MxgraftTestOfLater(x: float32) -> (y: float32) {}");
  for (const [spec, kernel, lowering] of [
    [counted, countedKernel, countedLowering],
    [plain("late_square"), squareKernel, squareLowering],
    [plain("late_reading"), readingKernel, undefined],
    [plain("late_tomorrow"), squareKernel, tomorrowLowering],
    [half, halfKernel, undefined],
    [update, updateKernel, updateLowering],
  ] as const) {
    operators.register(spec, { origin: "test" });
    kernels.register(spec.name, { portable: kernel });
    if (lowering) lowerings.register(spec.name, lowering);
  }
  registerBuiltinLowerings();
});

const x = () => variable("x");
const countOf = (input: MxSymbol) => apply("late_counted", { name: "counted" }, [input]);
const square = (input: MxSymbol) => apply("late_square", { name: "square" }, [input]);
const reading = (input: MxSymbol) => apply("late_reading", {}, [input]);
const values = async (array: { toHost(): Promise<Parameters<typeof toFloat32>[0]> } | undefined) =>
  array && [...toFloat32(await array.toHost())];
const REASON = /refuses Div/;

describe.for([functionCarrier, sessionCarrier])("a $name that is refused at its first call", (carrier) => {
  let ready = false;
  let refusesAll = false;
  beforeAll(async () => {
    vi.stubEnv("MXGRAFT_CARRIER", carrier.name);
    ready = (await compiledModeState()).available;
    vi.unstubAllEnvs();
  });
  afterEach(() => {
    refusesAll = false;
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  function bound(symbol: MxSymbol, gradReq: GradReq = "write", mode: ExecutionMode = "auto"): Executor {
    vi.stubEnv("MXGRAFT_CARRIER", carrier.name);
    const load = carrier.load.bind(carrier);
    vi.spyOn(carrier, "load").mockImplementation((graph, how) => {
      const loaded = load(graph, how);
      const isRefused = refusesAll || graph.nodes.some(({ definition }) => definition.name === "Div");
      const call = () => {
        throw new CarrierError("the carrier refuses Div");
      };
      return isRefused ? { call, dispose: loaded.dispose } : loaded;
    });
    return simpleBind(symbol, { shapes: { x: [1] }, mode, gradReq });
  }

  // With x = 2, counts before and behind: the first step gives (2 + 1)^2 with gradient 6 and leaves 2 (forward and
  // backward), the second (2 + 3)^2 with gradient 10 and 4.
  const cases = [
    {
      name: "backward",
      symbol: () => square(countOf(x())),
      steps: [
        [6, 2],
        [10, 4],
      ],
    },
    {
      name: "backward behind one that ran",
      symbol: () => countOf(reading(square(x()))),
      steps: [
        [4, 2],
        [4, 4],
      ],
    },
    {
      name: "backward before an eager node",
      symbol: () => square(reading(countOf(x()))),
      steps: [
        [6, 2],
        [10, 4],
      ],
    },
  ] as const;
  test.for(cases)("is run eagerly in $name, and no state is changed twice", async ({ symbol, steps }, { skip }) => {
    if (!ready) skip("the backend tensorflow is not set up");
    const [held, tensors] = [tfjsNodeBackend().binding.getNumOfTensors(), tf.memory().numTensors];
    const executor = bound(symbol());
    for (const [gradient, counts] of steps) {
      await executor.forward({ isTrain: true, inputs: { x: float32Array([1], [2]) } });
      await executor.backward([float32Array([1], [1])]);
      expect(await values(executor.gradCells.get("x"))).toEqual([gradient]);
      expect(await values(executor.auxCells.get("counted_count"))).toEqual([counts]);
    }
    expect(executor.compilation).toMatchObject({ mode: "eager", reason: expect.stringMatching(REASON) });
    executor.dispose();
    expect([tfjsNodeBackend().binding.getNumOfTensors(), tf.memory().numTensors]).toEqual([held, tensors]);
  });

  test("adds no gradient twice that an eager node had added before", async ({ skip }) => {
    if (!ready) skip("the backend tensorflow is not set up");
    const executor = bound(square(reading(countOf(x()))), "add");
    for (const sum of [6, 16]) {
      await executor.forward({ isTrain: true, inputs: { x: float32Array([1], [2]) } });
      await executor.backward([float32Array([1], [1])]);
      expect(await values(executor.gradCells.get("x"))).toEqual([sum]);
    }
    executor.dispose();
  });

  test("says what to do when forward has run too often to be saved", async ({ skip }) => {
    if (!ready) skip("the backend tensorflow is not set up");
    // What the loss is given makes no difference, but it is another function.
    const data = x();
    const executor = bound(group([countOf(data), apply("late_half_square", {}, [data])]));
    const one = float32Array([1], [1]);
    const forward = () => executor.forward({ isTrain: true, inputs: { x: float32Array([1], [2]) } });
    await forward();
    await executor.backward([one, one]);
    await forward();
    refusesAll = true;
    await expect(executor.backward([one])).rejects.toThrow(
      'Backward cannot run compiled: the carrier refuses Div. Forward has changed "counted_count" and is not run a second time. Bind the symbol with mode "eager", or set MXGRAFT_MODE=eager.',
    );
    await expect(executor.backward([one])).rejects.toThrow("forward has not run");
    await forward();
    await executor.backward([one]);
    expect(await values(executor.gradCells.get("x"))).toEqual([3]);
    // Two of the first step, one of the forward whose backward failed, two of the last.
    expect(await values(executor.auxCells.get("counted_count"))).toEqual([5]);
    executor.dispose();
  });

  test("gives no training step, and updates nothing", async ({ skip }) => {
    if (!ready) skip("the backend tensorflow is not set up");
    const executor = bound(apply("late_half_square", {}, [square(countOf(x()))]));
    executor.argCells.get("x")?.set(float32Array([1], [2]));
    const done = await executor.trainStep({
      parameters: ["x"],
      update: (_, gradient, weight) =>
        invoke("late_update", { inputs: [weight, gradient], attributes: {}, out: weight }),
    });
    expect(done).toBeUndefined();
    expect(executor.compilation).toMatchObject({ mode: "eager", reason: expect.stringMatching(REASON) });
    expect(await values(executor.argCells.get("x"))).toEqual([2]);
    expect(await values(executor.auxCells.get("counted_count"))).toEqual([0]);
    executor.dispose();
  });

  test("is an error where nothing but compiled mode was asked for", async ({ skip }) => {
    if (!ready) skip("the backend tensorflow is not set up");
    const executor = bound(square(x()), "write", "compiled");
    await executor.forward({ isTrain: true, inputs: { x: float32Array([1], [2]) } });
    await expect(executor.backward([float32Array([1], [1])])).rejects.toThrow(
      'Mode "compiled" is not available: the carrier refuses Div. Use mode "auto" or "eager".',
    );
    executor.dispose();
  });
});

test("a function of operators that TensorFlow has not is run eagerly", async ({ skip }) => {
  vi.stubEnv("MXGRAFT_CARRIER", "function");
  if (!(await compiledModeState()).available) skip("the backend tensorflow is not set up");
  const executor = simpleBind(apply("late_tomorrow", {}, [x()]), { shapes: { x: [1] } });
  await executor.forward({ isTrain: true, inputs: { x: float32Array([1], [3]) } });
  await executor.backward([float32Array([1], [1])]);
  expect(await values(executor.gradCells.get("x"))).toEqual([6]);
  expect(executor.compilation.reason).toMatch(
    /^TensorFlow does not load the graph: Op type not registered 'MxgraftTestOfLater'/,
  );
  executor.dispose();
  vi.unstubAllEnvs();
});
