import { float32Array, toFloat32 } from "@mxgraft/base";
import {
  type CompilationReport,
  compiledModeState,
  type Executor,
  invoke,
  simpleBind,
  type zerosLike,
} from "@mxgraft/executor";
import { functionCount, sessionCount } from "@mxgraft/executor/compiled";
import { defaulted, defineOperator, lowerings, operators, real } from "@mxgraft/operator";
import { apply, group, type Symbol as MxSymbol, variable } from "@mxgraft/symbol";
import { kernels, setBackend, type TfjsKernel, tfjsNodeBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

// Operators without lowerings, whose numbers can be worked out by hand: all of them are recorded.
const scaled = defineOperator({
  name: "compiled_scale",
  attributes: { factor: defaulted(real, 3) },
  inferShape: (_, known) => ({ arguments: [known.arguments[0] ?? known.outputs[0]], outputs: [known.arguments[0]] }),
  backwardReads: () => ({ arguments: [], outputs: [] }),
});
const scaledKernel: TfjsKernel<{ factor: number }> = {
  forward: ({ attributes, inputs: [data] }) => (data ? [tf.mul(data, attributes.factor)] : []),
  backward: ({ attributes, headGradients: [head] }) => [head && tf.mul(head, attributes.factor)],
};

const squares = defineOperator({
  name: "compiled_squares",
  attributes: {},
  inferShape: (_, known) => ({ arguments: known.arguments, outputs: [[1]] }),
  needsHeadGradient: false,
});
const squaresKernel: TfjsKernel = {
  forward: ({ inputs: [data] }) => (data ? [tf.reshape(tf.sum(tf.square(data)), [1])] : []),
  backward: ({ inputs: [data] }) => (data ? [tf.mul(data, 2)] : []),
};

/** Reads its values back, which no graph can. */
const readingKernel: TfjsKernel = {
  forward: ({ inputs: [data] }) => (data ? [tf.tensor(Float32Array.from(data.dataSync()), data.shape)] : []),
  backward: ({ headGradients: [head] }) => [head && tf.clone(head)],
};
/** Draws in JavaScript. */
const drawingKernel: TfjsKernel = {
  forward: ({ inputs: [data], random }) => (data ? [tf.add(data, random.uniform() * 0)] : []),
  backward: ({ headGradients: [head] }) => [head && tf.clone(head)],
};
const negatingKernel: TfjsKernel = { forward: ({ inputs: [data] }) => (data ? [tf.neg(data)] : []) };
const same = (name: string) =>
  defineOperator({
    name,
    attributes: {},
    inferShape: (_, known) => ({ arguments: known.arguments, outputs: known.arguments }),
    backwardReads: () => ({ arguments: [], outputs: [] }),
  });

const half = defineOperator({
  name: "compiled_half",
  attributes: {},
  arguments: ["weight", "grad"],
  inferShape: (_, known) => ({ arguments: known.arguments, outputs: [known.arguments[0]] }),
});

beforeAll(async () => {
  await setBackend("tensorflow").catch(() => undefined);
  for (const [spec, kernel] of [
    [scaled, scaledKernel],
    [squares, squaresKernel],
    [same("compiled_reading"), readingKernel],
    [same("compiled_drawing"), drawingKernel],
    [same("compiled_native"), negatingKernel],
    [
      half,
      { forward: ({ inputs: [weight] }: { inputs: readonly tf.Tensor[] }) => (weight ? [tf.mul(weight, 0.5)] : []) },
    ],
  ] as const) {
    operators.register(spec, { origin: "test" });
    kernels.register(spec.name, { portable: kernel });
  }
  lowerings.register("compiled_native", {
    natives: ["MxgraftNowhere"],
    forward: ({ graph, inputs }) => graph.node("MxgraftNowhere", inputs),
  });
});

const values = async (array: { toHost(): Promise<Parameters<typeof toFloat32>[0]> } | undefined) =>
  array && [...toFloat32(await array.toHost())];

function bound(symbol: MxSymbol, mode: "compiled" | "eager" = "compiled"): Executor {
  return simpleBind(symbol, { shapes: { x: [2] }, mode });
}

const x = () => variable("x");
const report = ({ compilation }: Executor): CompilationReport => compilation;

/** What runs the graphs; `count` says how many TensorFlow holds. */
const carriers = [
  { carrier: "function", count: functionCount },
  { carrier: "session", count: sessionCount },
] as const;

describe.for(carriers)("in a $carrier", ({ carrier, count }) => {
  let ready = false;
  beforeAll(async () => {
    vi.stubEnv("MXGRAFT_CARRIER", carrier);
    ready = (await compiledModeState()).available;
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });

  test("a graph gives the outputs and gradients of its operators", async ({ skip }) => {
    if (!ready) skip("the backend tensorflow is not set up");
    const executor = bound(apply("compiled_squares", {}, [apply("compiled_scale", { factor: 3 }, [x()])]));
    await executor.forward({ isTrain: true, inputs: { x: float32Array([2], [1, -2]) } });
    await executor.backward();
    // sum (3x)^2 = 9 + 36, gradient 18x
    expect(await values(executor.outputs[0])).toEqual([45]);
    expect(await values(executor.gradCells.get("x"))).toEqual([18, -36]);
    expect(report(executor)).toMatchObject({ mode: "compiled", carrier, eagerNodes: [] });
    executor.dispose();
  });

  const refused = [
    { name: "reads values back", operator: "compiled_reading", reason: "it reads values back" },
    { name: "draws in JavaScript", operator: "compiled_drawing", reason: "it draws random numbers in JavaScript" },
  ];
  test.for(refused)(
    "a graph runs a node that $name eagerly between two functions",
    async ({ operator, reason }, { skip }) => {
      if (!ready) skip("the backend tensorflow is not set up");
      const inner = apply(operator, { name: "between" }, [apply("compiled_scale", { factor: 3 }, [x()])]);
      const executor = bound(apply("compiled_squares", {}, [inner]));
      for (let step = 0; step < 2; step++) {
        await executor.forward({ isTrain: true, inputs: { x: float32Array([2], [1, step]) } });
        await executor.backward();
      }
      expect(await values(executor.outputs[0])).toEqual([18]);
      expect(await values(executor.gradCells.get("x"))).toEqual([18, 18]);
      expect(report(executor).eagerNodes[0]).toEqual({ node: "between", operator, reason });
      executor.dispose();
    },
  );

  test("a graph takes gradients for some outputs only", async ({ skip }) => {
    if (!ready) skip("the backend tensorflow is not set up");
    const data = x();
    const scale = apply("compiled_scale", { factor: 3 }, [data]);
    const executor = bound(group([scale, apply("compiled_squares", {}, [data])]));
    await executor.forward({ isTrain: true, inputs: { x: float32Array([2], [1, 2]) } });
    await executor.backward([float32Array([2], [1, 10])]);
    expect(await values(executor.gradCells.get("x"))).toEqual([5, 34]);
    await expect(executor.backward()).rejects.toThrow("is no loss and got no gradient");
    executor.dispose();
  });

  test("a graph keeps as many arrays and functions as it found, whatever it runs", async ({ skip }) => {
    if (!ready) skip("the backend tensorflow is not set up");
    const [graphs, tensors] = [count(), tf.memory().numTensors];
    const executor = bound(apply("compiled_squares", {}, [apply("compiled_scale", {}, [x()])]));
    const step = async () => {
      await executor.forward({ isTrain: true, inputs: { x: float32Array([2], [1, -2]) } });
      await executor.backward();
      await executor.forward();
    };
    await step();
    const held = tf.memory().numTensors;
    for (let i = 0; i < 50; i++) await step();
    expect(tf.memory().numTensors).toBe(held);
    expect(count()).toBeGreaterThan(graphs);
    executor.dispose();
    expect([count(), tf.memory().numTensors]).toEqual([graphs, tensors]);
  });

  test("a lowering is passed over where its native operators are not there", async ({ skip }) => {
    if (!ready) skip("the backend tensorflow is not set up");
    const executor = bound(apply("compiled_native", { name: "node" }, [x()]));
    await executor.forward({ inputs: { x: float32Array([2], [1, -2]) } });
    expect(await values(executor.outputs[0])).toEqual([-1, 2]);
    expect(report(executor)).toMatchObject({ nodes: [{ node: "node", direction: "forward", how: "recorded" }] });
    executor.dispose();
  });

  const added = [
    { name: "one part", symbol: () => apply("compiled_scale", {}, [x()]) },
    { name: "two parts", symbol: () => apply("compiled_scale", {}, [apply("compiled_reading", {}, [x()])]) },
  ];
  test.for(added)("sums of evaluations in $name are added up and taken once", async ({ symbol }, { skip }) => {
    if (!ready) skip("the backend tensorflow is not set up");
    const held = tfjsNodeBackend().binding.getNumOfTensors();
    const executor = bound(symbol());
    const sums = [{ operator: "compiled_squares", inputs: [{ output: 0 }] }];
    const step = (data: number[]) => executor.forward({ inputs: { x: float32Array([2], data) }, sums });
    // 9 * 4096^2, and 9 + 36, of which a sum in float32 would lose a part.
    expect([await step([4096, 0]), await step([1, 2])]).toEqual([true, true]);
    expect(executor.takeSums(sums)).toEqual({ steps: 2, values: [150994944 + 45] });
    expect(executor.takeSums(sums)).toEqual({ steps: 0, values: [0] });
    await step([0, 1]);
    expect(executor.takeSums(sums)).toEqual({ steps: 1, values: [9] });
    executor.dispose();
    expect(tfjsNodeBackend().binding.getNumOfTensors()).toBe(held);
  });

  test("a training step says that an update rule without a lowering keeps it from being one call", async ({ skip }) => {
    if (!ready) skip("the backend tensorflow is not set up");
    const executor = bound(apply("compiled_squares", {}, [x()]));
    const done = await executor.trainStep({
      parameters: ["x"],
      update: (_, grad, weight) => invoke("compiled_half", { inputs: [weight, grad], attributes: {}, out: weight }),
    });
    expect(done).toBeUndefined();
    expect(report(executor).stepReason).toBe("update rule compiled_half has no lowering");
    executor.dispose();
  });

  test("a training step is none when the optimizer looks at the values", async ({ skip }) => {
    if (!ready) skip("the backend tensorflow is not set up");
    const executor = bound(apply("compiled_squares", {}, [x()]));
    const update = (_: string, grad: Parameters<typeof zerosLike>[0]) => void grad.toHost();
    expect(await executor.trainStep({ parameters: ["x"], update })).toBeUndefined();
    expect(report(executor).stepReason).toBe(
      'the optimizer does more than update operators: The values of "x" are read or changed in JavaScript.',
    );
    executor.dispose();
  });
});

test("compiled mode is refused on a backend that has no graphs", async ({ skip }) => {
  if (tf.getBackend() !== "tensorflow") skip("the backend tensorflow is not set up");
  await setBackend("cpu");
  const executor = bound(apply("compiled_squares", {}, [x()]));
  await expect(executor.forward()).rejects.toThrow('Mode "compiled" is not available: backend "cpu"');
  executor.dispose();
  await setBackend("tensorflow");
});
