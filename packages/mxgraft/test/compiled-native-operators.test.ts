import { float32Array, type HostArray, Random, type Shape, sizeOf, toFloat32 } from "@mxgraft/base";
import { compiledModeState, type ExecutionMode, type Executor, simpleBind } from "@mxgraft/executor";
import { functionCount } from "@mxgraft/executor/compiled";
import { operators } from "@mxgraft/operator";
import { apply, variable } from "@mxgraft/symbol";
import { loadNativeOperators } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { registerAll, setBackend } from "mxgraft";
import { beforeAll, describe, expect, test } from "vitest";

interface Case {
  readonly name: string;
  readonly operator: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Shapes of arguments filled at random, or arguments that are held fixed, for a size of the batch. */
  readonly arguments: (batch: number) => readonly (Shape | HostArray)[];
  /** Whether the outputs have gradients. */
  readonly differentiable?: boolean;
}

function isShape(argument: Shape | HostArray): argument is Shape {
  return Array.isArray(argument);
}

function numbers(shape: Shape, next: (index: number) => number): HostArray {
  return float32Array(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, (_, i) => next(i)),
  );
}

function randomArray(shape: Shape, seed: number): HostArray {
  const random = new Random(seed);
  return numbers(shape, () => random.uniform() * 2 - 1);
}

/** Corners of boxes inside of 0..1, each behind `before` numbers. */
function boxes(shape: Shape, before: (random: Random) => number[], scale = 1): HostArray {
  const random = new Random(9);
  const rows = Array.from({ length: sizeOf(shape.slice(0, -1)) }, () => {
    const [x, y, width, height] = [0, 0, 0, 0].map(() => random.uniform()) as [number, number, number, number];
    const corners = [x * 0.7, y * 0.7, x * 0.7 + width * 0.3 + 0.05, y * 0.7 + height * 0.3 + 0.05];
    return [...before(random), ...corners.map((edge) => edge * scale)];
  });
  return float32Array(shape, rows.flat());
}

const RNN_GATES = { rnn_relu: 1, rnn_tanh: 1, lstm: 4, gru: 3 } as const;

function rnn(
  mode: keyof typeof RNN_GATES,
  name: string,
  size: { T: number; I: number; H: number; L?: number; D?: number },
  rest: Readonly<Record<string, string>> = {},
): Case {
  const { T, I, H, L = 1, D = 1 } = size;
  const G = RNN_GATES[mode] * H;
  const parameters = D * G * (I + H + 2) + (L - 1) * D * G * (D * H + H + 2);
  const attributes = { mode, state_size: `${H}`, num_layers: `${L}`, bidirectional: D === 2 ? "True" : "False" };
  return {
    name: `${mode}, ${name}`,
    operator: "RNN",
    attributes: { ...attributes, ...rest },
    differentiable: true,
    arguments: (N) => [
      [T, N, I],
      [parameters],
      ...(mode === "lstm" ? [0, 1] : [0]).map(() => [L * D, N, H]),
      // Some end before the first step, some never.
      ...(rest.use_sequence_length ? [numbers([N], (n) => (n * 2) % (T + 2))] : []),
    ],
  };
}

const image = (random: Random) => [Math.floor(random.uniform() * 3.5) - 0.2];
const rois = (count: number) => boxes([count, 5], image, 9);
const withClass = (random: Random) => [Math.floor(random.uniform() * 3), Math.round(random.uniform() * 8) / 8];
const anchors = (count: number) => boxes([1, count, 4], () => []);

const cases: readonly Case[] = [
  rnn("rnn_relu", "one step", { T: 1, I: 3, H: 4 }),
  rnn("rnn_tanh", "two layers, both directions", { T: 4, I: 3, H: 8, L: 2, D: 2 }),
  rnn("lstm", "units that fill no register", { T: 5, I: 2, H: 11 }, { state_outputs: "True" }),
  rnn("lstm", "several panels of weights", { T: 3, I: 4, H: 72, L: 2 }),
  ...(["rnn_relu", "rnn_tanh", "lstm", "gru"] as const).map((mode) =>
    rnn(
      mode,
      "lengths, states, layers and directions",
      { T: 4, I: 3, H: 5, L: 2, D: 2 },
      { use_sequence_length: "True", state_outputs: "True" },
    ),
  ),
  rnn("gru", "several layers", { T: 6, I: 9, H: 16, L: 3 }),
  {
    name: "blank first, padded labels, none, and more than there are paths for",
    operator: "CTCLoss",
    differentiable: true,
    arguments: (N) => [
      [5, N, 4],
      numbers([N, 4], (i) => [1, 2, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 1, 1, 0, 2][i % 16] ?? 0),
    ],
  },
  {
    name: "blank last, lengths of data and labels",
    operator: "CTCLoss",
    attributes: { blank_label: "last", use_data_lengths: "True", use_label_lengths: "True" },
    differentiable: true,
    arguments: (N) => [
      [6, N, 3],
      numbers([N, 3], (i) => i % 2),
      numbers([N], (n) => 6 - n),
      numbers([N], (n) => (n + 1) % 4),
    ],
  },
  {
    name: "between, at and beyond the borders",
    operator: "BilinearSampler",
    differentiable: true,
    arguments: (N) => [
      [N, 3, 4, 5],
      numbers([N, 2, 3, 4], (i) => [-1, 1, 0.1, -1.1, 1.7, -3, 0.999, -0.77][(i * 5) % 8] ?? 0),
    ],
  },
  {
    name: "one row",
    operator: "BilinearSampler",
    differentiable: true,
    arguments: (N) => [[N, 2, 1, 5], randomArray([N, 2, 2, 2], 5)],
  },
  {
    name: "affine",
    operator: "SpatialTransformer",
    attributes: { target_shape: "(3, 4)", transform_type: "affine", sampler_type: "bilinear" },
    differentiable: true,
    arguments: (N) => [
      [N, 2, 5, 6],
      [N, 6],
    ],
  },
  {
    name: "boxes in, across and outside of data, and of no image",
    operator: "ROIPooling",
    attributes: { pooled_size: "(3, 2)", spatial_scale: "0.7" },
    differentiable: true,
    arguments: (N) => [[N, 3, 6, 8], rois(12)],
  },
  {
    name: "boxes larger than data, and empty ones",
    operator: "ROIPooling",
    attributes: { pooled_size: "(7, 7)", spatial_scale: "1" },
    differentiable: true,
    arguments: (N) => [
      [N, 9, 4, 4],
      float32Array([4, 5], [0, -20, -20, 30, 30, 0, 3, 3, 1, 1, 0, Number.NaN, 0, 2, 2, 0, 0.5, 2.5, 1.5, 3.5]),
    ],
  },
  ...[
    { name: "as many samples as rows", attributes: {} },
    { name: "samples given", attributes: { sample_ratio: "2" } },
    { name: "channels of each bin", attributes: { position_sensitive: "True", sample_ratio: "3" } },
  ].map(({ name, attributes }) => ({
    name,
    operator: "_contrib_ROIAlign",
    attributes: { pooled_size: "(2, 2)", spatial_scale: "0.8", ...attributes },
    differentiable: true,
    arguments: () => [[3, 8, 6, 7], rois(9)],
  })),
  ...[
    { name: "as it is", attributes: {} },
    { name: "everything suppresses", attributes: { force_suppress: "True", nms_threshold: "0.1" } },
    { name: "some are kept", attributes: { nms_topk: "5", threshold: "0.3" } },
    { name: "without suppression or clipping", attributes: { nms_threshold: "-1", clip: "False" } },
  ].map(({ name, attributes }) => ({
    name,
    operator: "_contrib_MultiBoxDetection",
    attributes,
    // Equal probabilities keep their order.
    arguments: (N: number) => [numbers([N, 4, 40], (i) => ((i * 7) % 13) / 13), [N, 160], anchors(40)],
  })),
  ...[
    { name: "without mining", attributes: {} },
    { name: "with mining", attributes: { negative_mining_ratio: "3", negative_mining_thresh: "0.3" } },
    { name: "a threshold of none", attributes: { overlap_threshold: "-1", ignore_label: "-7" } },
  ].map(({ name, attributes }) => ({
    name,
    operator: "_contrib_MultiBoxTarget",
    attributes,
    arguments: (N: number) => {
      const label = toFloat32(boxes([N, 4, 5], (random) => [Math.floor(random.uniform() * 3)])).slice();
      // The list of objects ends at a class of -1.
      for (let n = 0; n < N; n++) label[(n * 4 + (n % 4)) * 5] = -1;
      return [anchors(50), float32Array([N, 4, 5], label), [N, 4, 50]];
    },
  })),
  ...["1", "2", "9"].map((negative_mining_ratio) => ({
    name: `equal anchors and objects, mining ${negative_mining_ratio}`,
    operator: "_contrib_MultiBoxTarget",
    attributes: { negative_mining_ratio, negative_mining_thresh: "0.3" },
    arguments: (N: number) => {
      const places = [0, 0.1, 0.1, 0.4, 0.6, 0.6, 0];
      const objects = [0, 0.1, 0.1, 0.5].flatMap((x, k) => [k, x, 0, x + 0.2, 1]);
      return [
        float32Array(
          [1, 7, 4],
          places.flatMap((x) => [x, 0, x + 0.2, 1]),
        ),
        numbers([N, 4, 5], (i) => objects[i % 20] ?? 0),
        numbers([N, 2, 7], (i) => [0, -5, 1, 0][i % 4] ?? 0),
      ];
    },
  })),
  ...[
    { name: "of all classes", attributes: {} },
    { name: "of the same class, not the background", attributes: { id_index: "0", background_id: "1" } },
    { name: "some, from centers", attributes: { topk: "6", in_format: "center", force_suppress: "True" } },
    { name: "to centers", attributes: { out_format: "center", valid_thresh: "0.3", overlap_thresh: "0.2" } },
    { name: "all", attributes: { topk: "0" } },
  ].map(({ name, attributes }) => ({
    name,
    operator: "_contrib_box_nms",
    attributes,
    differentiable: true,
    arguments: (N: number) => [boxes([N, 2, 12, 6], withClass)],
  })),
  ...[
    { name: "center and size", attributes: {} },
    { name: "corners", attributes: { iou_loss: "True", rpn_pre_nms_top_n: "20" } },
  ].map(({ name, attributes }) => ({
    name,
    operator: "_contrib_MultiProposal",
    attributes: {
      feature_stride: "16",
      scales: "(2, 4)",
      ratios: "(0.5, 1)",
      rpn_min_size: "4",
      rpn_post_nms_top_n: "6",
      output_score: "True",
      ...attributes,
    },
    arguments: (N: number) => [[N, 8, 3, 4], [N, 16, 3, 4], numbers([N, 3], (i) => [48, 60, 1.2][i % 3] ?? 0)],
  })),
];

interface Results {
  readonly outputs: readonly HostArray[];
  readonly gradients: readonly HostArray[];
}

function bind({ operator, attributes = {} }: Case, arrays: readonly HostArray[], mode: ExecutionMode): Executor {
  const spec = operators.get(operator);
  const names = spec.arguments(spec.parse(new Map(Object.entries(attributes))));
  const symbol = apply(
    operator,
    { ...attributes, name: "node" },
    names.map((argument) => variable(argument)),
  );
  const shapes = Object.fromEntries(names.map((name, i) => [name, arrays[i]?.shape ?? []]));
  const executor = simpleBind(symbol, { shapes, mode });
  for (const [i, name] of names.entries()) {
    const array = arrays[i];
    if (array) executor.argCells.get(name)?.set(array);
  }
  return executor;
}

async function run(executor: Executor, { differentiable }: Case): Promise<Results> {
  await executor.forward({ isTrain: true });
  const outputs = await Promise.all(executor.outputs.map((output) => output.toHost()));
  if (!differentiable) return { outputs, gradients: [] };
  await executor.backward(outputs.map(({ shape }, i) => randomArray(shape, 70 + i)));
  const gradients = await Promise.all(Array.from(executor.gradCells.values(), (cell) => cell.toHost()));
  return { outputs, gradients };
}

function filled(given: Case, batch: number): HostArray[] {
  return given.arguments(batch).map((argument, i) => (isShape(argument) ? randomArray(argument, i + 1) : argument));
}

function expectClose(actual: readonly HostArray[], expected: readonly HostArray[]): void {
  expect(actual.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
  for (const [i, array] of actual.entries()) {
    const want = expected[i] ? toFloat32(expected[i]) : [];
    const scale = Math.max(1, ...Array.from(want, (value) => (Number.isFinite(value) ? Math.abs(value) : 0)));
    const off = Array.from(toFloat32(array), (value, k) => {
      const other = want[k] ?? Number.NaN;
      return Object.is(value, other) || value === other ? 0 : Math.abs(value - other) / scale;
    });
    expect(Math.max(0, ...off), `array ${i}`).toBeLessThan(3e-6);
  }
}

let missing: string | undefined;
beforeAll(async () => {
  registerAll();
  await setBackend("tensorflow").catch(() => undefined);
  const states = [await compiledModeState(), loadNativeOperators("training"), loadNativeOperators("vision")];
  const absent = states.find(({ available }) => !available);
  missing = absent && !absent.available ? absent.reason : undefined;
});

describe("a lowered operator gives the numbers of its kernel", () => {
  test.for(cases)("$operator, $name", async (given, { skip }) => {
    if (missing !== undefined) skip(missing);
    const held = tf.memory().numTensors;
    const arrays = filled(given, 3);
    const eager = bind(given, arrays, "eager");
    const compiled = bind(given, arrays, "compiled");
    const [want, found] = [await run(eager, given), await run(compiled, given)];
    expectClose(found.outputs, want.outputs);
    expectClose(found.gradients, want.gradients);
    const ways = new Set(
      compiled.compilation.mode === "compiled" ? compiled.compilation.nodes?.map(({ how }) => how) : [],
    );
    expect([...ways]).toEqual(["lowered"]);
    for (const executor of [eager, compiled]) executor.dispose();
    expect(tf.memory().numTensors).toBe(held);
  });
});

describe("one function serves batches of all sizes", () => {
  test.for(cases.filter(({ operator }) => operator !== "_contrib_ROIAlign"))(
    "$operator, $name",
    async (given, { skip }) => {
      if (missing !== undefined) skip(missing);
      const executors: Executor[] = [];
      const counts: number[] = [];
      for (const batch of [3, 2]) {
        const executor = bind(given, filled(given, batch), "compiled");
        executors.push(executor);
        await run(executor, given);
        counts.push(functionCount());
      }
      expect(counts[1]).toBe(counts[0]);
      for (const executor of executors) executor.dispose();
    },
  );
});

const refused = [
  {
    name: "a label that is no class",
    operator: "CTCLoss",
    arguments: () => [[3, 2, 4], float32Array([2, 2], [1, 0, 2, 4])],
    message: 'CTCLoss: argument "label" is 4 in row 1, expected a class index from 0 to 3.',
  },
  {
    name: "a box of an image that is not there",
    operator: "_contrib_ROIAlign",
    attributes: { pooled_size: "(2, 2)", spatial_scale: "1" },
    arguments: () => [[2, 1, 4, 4], float32Array([2, 5], [0, 0, 0, 2, 2, 5, 0, 1, 2, 3])],
    message: 'ROIAlign: argument "rois", row 1: image 5, box (0, 1, 2, 3); expected an image below 2',
  },
  {
    name: "a box without an end",
    operator: "_contrib_ROIAlign",
    attributes: { pooled_size: "(2, 2)", spatial_scale: "1" },
    arguments: () => [[2, 1, 4, 4], float32Array([1, 5], [0, 0, 1, Number.POSITIVE_INFINITY, 3])],
    message: 'ROIAlign: argument "rois", row 0: image 0, box (0, 1, inf, 3); expected an image below 2, a finite box',
  },
] satisfies readonly (Case & { message: string })[];

test.for(refused)("$operator refuses $name", async ({ message, ...given }, { skip }) => {
  if (missing !== undefined) skip(missing);
  const executor = bind(given, filled(given, 2), "compiled");
  await expect(executor.forward()).rejects.toThrow(message);
  executor.dispose();
});
