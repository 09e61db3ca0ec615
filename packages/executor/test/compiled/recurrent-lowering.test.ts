import { type Shape, sizeOf } from "@mxgraft/base";
import { type Carrier, functionCarrier, functionLibraryState, sessionCarrier } from "@mxgraft/executor/compiled";
import { builtinLowerings, GraphDraft } from "@mxgraft/graphdef";
import { loadNativeOperators, setBackend, tfjsNodeBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";

await setBackend("tensorflow").catch(() => undefined);
const isThere = tf.getBackend() === "tensorflow";
const states = isThere ? [functionLibraryState(), loadNativeOperators("training")] : [];
const isReady = isThere && states.every(({ available }) => available);
if (!isReady) console.log('skipped: the backend "tensorflow" with native operators is not set up');

const GATES = { rnn_relu: 1, rnn_tanh: 1, lstm: 4, gru: 3 } as const;

interface Layers {
  readonly mode: keyof typeof GATES;
  readonly T: number;
  readonly N: number;
  readonly I: number;
  readonly H: number;
  readonly L?: number;
  readonly D?: number;
  readonly p?: number;
  readonly lengths?: readonly number[];
}

function attributesOf({ mode, H, L = 1, D = 1, p = 0, lengths }: Layers) {
  return {
    mode,
    state_size: H,
    num_layers: L,
    bidirectional: D === 2,
    p,
    state_outputs: true,
    use_sequence_length: lengths !== undefined,
  };
}

function inputShapes({ mode, T, N, I, H, L = 1, D = 1, lengths }: Layers): Shape[] {
  const G = GATES[mode] * H;
  const parameters = D * G * (I + H + 2) + (L - 1) * D * G * (D * H + H + 2);
  const states = Array.from({ length: mode === "lstm" ? 2 : 1 }, () => [L * D, N, H]);
  return [[T, N, I], [parameters], ...states, ...(lengths ? [[N]] : [])];
}

function outputShapes({ mode, T, N, H, L = 1, D = 1 }: Layers): Shape[] {
  const states = Array.from({ length: mode === "lstm" ? 2 : 1 }, () => [L * D, N, H]);
  return [[T, N, D * H], ...states];
}

/** Numbers that differ. */
function filled(shape: Shape, seed: number): tf.Tensor {
  const values = Float32Array.from({ length: sizeOf(shape) }, (_, i) => 0.6 * Math.sin(seed + i * 1.7 + i * i * 0.01));
  return tf.tensor(values, [...shape]);
}

/** Visible outputs, then the gradients of all inputs but the lengths. */
function run(layers: Layers, inputs: readonly tf.Tensor[], carrier: Carrier): number[][] {
  const lowering = builtinLowerings.RNN;
  if (!lowering?.forward || !lowering.backward) throw new Error("RNN has no lowering");
  const graph = new GraphDraft(carrier.offers);
  const values = inputs.map(() => graph.argument("float32"));
  const shapes = { inputShapes: inputShapes(layers), outputShapes: outputShapes(layers) };
  const common = { graph, attributes: attributesOf(layers), inputs: values, states: [], ...shapes };
  const seed = () => graph.constant([3, 4], "int32");
  const given = lowering.forward({ ...common, isTrain: true, seed });
  const { outputs, saved } = "outputs" in given ? given : { outputs: given, saved: [] };
  const heads = shapes.outputShapes.map((shape, i) => filled(shape, 20 + i));
  const headGradients = heads.map(() => graph.argument("float32"));
  const wanted = inputs.map(() => true);
  const gradients = lowering.backward({ ...common, outputs, saved, headGradients, wanted });
  const results = [...outputs.slice(0, heads.length), ...gradients.filter((gradient) => gradient !== undefined)];
  for (const result of results) graph.result(result);
  const compiled = carrier.load(graph, { rewritten: false, inOrder: false });
  const backend = tfjsNodeBackend();
  const found = compiled.call(backend.getInputTensorIds([...inputs, ...heads]), results.length);
  const tensors = found.map((result) => backend.createOutputTensor(result));
  compiled.dispose();
  return tensors.map((tensor) => [...tensor.dataSync()]);
}

/** Functions of TensorFlow's own operators. */
const withoutNatives: Carrier = { ...functionCarrier, offers: () => false };

function expectClose(actual: readonly number[][], expected: readonly number[][]): void {
  expect(actual.map((values) => values.length)).toEqual(expected.map((values) => values.length));
  const off = actual.map((values, i) =>
    Math.max(...values.map((value, k) => Math.abs(value - (expected[i]?.[k] ?? Number.NaN)))),
  );
  expect(Math.max(...off)).toBeLessThan(1e-5);
}

const cases: readonly (Layers & { name: string })[] = [
  { name: "one step, one sequence, one unit", mode: "rnn_tanh", T: 1, N: 1, I: 1, H: 1 },
  { name: "whole registers", mode: "rnn_relu", T: 3, N: 4, I: 5, H: 16 },
  { name: "a part of a register", mode: "lstm", T: 5, N: 3, I: 2, H: 11 },
  { name: "several panels, more rows than a tile", mode: "lstm", T: 2, N: 19, I: 3, H: 67 },
  { name: "both directions, layers and dropout", mode: "gru", T: 4, N: 5, I: 3, H: 6, L: 3, D: 2, p: 0.4 },
  ...(["rnn_relu", "rnn_tanh", "lstm", "gru"] as const).map((mode) => ({
    name: "lengths",
    mode,
    ...{ T: 4, N: 5, I: 3, H: 9, L: 2, D: 2, lengths: [4, 0, 1, 3, 9] },
  })),
];

describe.skipIf(!isReady)("lowering of RNN", () => {
  // h = relu(2 x + 0.5 + 3 h' + 0.25), from h = 1: 2 + 0.5 + 3 + 0.25 = 5.75; -40 + 0.5 + 17.25 + 0.25 < 0
  test.for([
    { how: "in native code", carrier: functionCarrier },
    { how: "in TensorFlow's operators", carrier: withoutNatives },
    { how: "in a session", carrier: sessionCarrier },
  ])("$how: worked by hand", ({ carrier }) => {
    tf.tidy(() => {
      const layers: Layers = { mode: "rnn_relu", T: 2, N: 1, I: 1, H: 1 };
      const inputs = [tf.tensor([1, -20], [2, 1, 1]), tf.tensor([2, 3, 0.5, 0.25]), tf.ones([1, 1, 1])];
      const [output, state] = run(layers, inputs, carrier);
      expect(output).toEqual([5.75, 0]);
      expect(state).toEqual([0]);
    });
  });

  test.for(cases)("$mode, $name: native code and TensorFlow's operators agree", (layers) => {
    tf.tidy(() => {
      const inputs = inputShapes(layers).map((shape, i, all) =>
        layers.lengths && i === all.length - 1 ? tf.tensor1d([...layers.lengths]) : filled(shape, i),
      );
      const native = run(layers, inputs, functionCarrier);
      expectClose(native, run(layers, inputs, withoutNatives));
      expect(run(layers, inputs, functionCarrier)).toEqual(native);
    });
  });

  test("functions of large sums are exact, and what is no number stays none", () => {
    tf.tidy(() => {
      const x = [-200, -20, -1, -0.3, -1e-4, 0, 1e-6, 0.62, 0.63, 5, 100, Number.NaN];
      const layers: Layers = { mode: "rnn_tanh", T: 1, N: x.length, I: 1, H: 1 };
      const inputs = [tf.tensor(x, [1, x.length, 1]), tf.tensor([1, 0, 0, 0]), tf.zeros([1, x.length, 1])];
      const [output = []] = run(layers, inputs, functionCarrier);
      for (const [i, value] of output.entries()) {
        const want = Math.tanh(x[i] ?? 0);
        if (Number.isNaN(want)) expect(value).toBeNaN();
        else expect(Math.abs(value - want)).toBeLessThanOrEqual(2e-7 * Math.abs(want));
      }
    });
  });

  test("a state of another size is refused by name", () => {
    tf.tidy(() => {
      const layers: Layers = { mode: "rnn_tanh", T: 1, N: 2, I: 1, H: 1 };
      const inputs = [tf.zeros([1, 2, 1]), tf.zeros([4]), tf.zeros([1, 3, 1])];
      expect(() => run(layers, inputs, functionCarrier)).toThrow("h is [3,1], expected [2,1]");
    });
  });
});
