import { float32Array, type HostArray, Random, type Shape, sizeOf, toFloat32 } from "@mxgraft/base";
import { CARRIERS, type ExecutionMode, type Executor, simpleBind } from "@mxgraft/executor";
import { apply, type Symbol as MxSymbol, variable } from "@mxgraft/symbol";
import { afterEach, describe, expect, test } from "vitest";
import { useRun } from "./use-run.ts";

type Attributes = Readonly<Record<string, string | number | boolean | readonly (number | null)[]>>;

interface Case {
  readonly operator: string;
  readonly attributes?: Attributes;
  /** The shapes of the arguments for a batch, by their names; the others are inferred. */
  readonly shapes: (batch: number) => Readonly<Record<string, Shape>>;
  /** Arguments of whole numbers, from the least to the one below the second. */
  readonly whole?: Readonly<Record<string, readonly [number, number]>>;
  /** Arguments of numbers above 0. */
  readonly positive?: boolean;
}

const data =
  (...rest: number[]) =>
  (batch: number) => ({ data: [batch, ...rest] });

// What the recorded cases leave out: indices out of range, other axes, and a second size of the batch.
const cases: readonly Case[] = [
  {
    operator: "Embedding",
    attributes: { input_dim: 5, output_dim: 3 },
    shapes: data(4),
    whole: { data: [-2, 8] },
  },
  ...["clip", "wrap", "raise"].flatMap((mode) =>
    [0, 1, -1].map(
      (axis): Case => ({
        operator: "take",
        attributes: { axis, mode },
        shapes: (batch) => ({ a: [4, 3, 2], indices: [batch, 2] }),
        whole: { indices: [-9, 9] },
      }),
    ),
  ),
  {
    operator: "take",
    attributes: { axis: 2 },
    shapes: (batch) => ({ a: [batch, 2, 5, 3], indices: [4] }),
    whole: { indices: [0, 5] },
  },
  ...["clip", "wrap"].flatMap((mode) =>
    [1, 2, 0].map(
      (axis): Case => ({
        operator: "pick",
        attributes: { axis, mode },
        shapes: (batch) => ({ data: [batch, 4, 3], index: [batch, 4, 3].toSpliced(axis, 1) }),
        whole: { index: [-6, 9] },
      }),
    ),
  ),
  {
    operator: "batch_take",
    shapes: (batch) => ({ a: [batch, 3], indices: [batch] }),
    whole: { indices: [-2, 5] },
  },
  {
    operator: "gather_nd",
    shapes: (batch) => ({ data: [4, 3, 2], indices: [2, batch, 2] }),
    whole: { indices: [-3, 3] },
  },
  {
    operator: "scatter_nd",
    attributes: { shape: [4, 3, 2] },
    shapes: (batch) => ({ data: [batch, 2], indices: [2, batch] }),
    whole: { indices: [-3, 3] },
  },
  {
    operator: "one_hot",
    attributes: { depth: 4, on_value: 2.5, off_value: -1 },
    shapes: (batch) => ({ indices: [batch, 2] }),
    whole: { indices: [-2, 6] },
  },
  {
    operator: "one_hot",
    attributes: { depth: 4, dtype: "int32" },
    shapes: (batch) => ({ indices: [batch] }),
    whole: { indices: [0, 4] },
  },
  ...["SequenceLast", "SequenceMask", "SequenceReverse"].flatMap((operator) =>
    [0, 1].flatMap((axis): Case[] => {
      const shape = (batch: number) => (axis === 0 ? [5, batch, 3] : [batch, 5, 3]);
      return [
        { operator, attributes: { axis }, shapes: (batch) => ({ data: shape(batch) }) },
        {
          operator,
          attributes: { axis, use_sequence_length: true },
          shapes: (batch) => ({ data: shape(batch), sequence_length: [batch] }),
          whole: { sequence_length: [1, 6] },
        },
      ];
    }),
  ),
  { operator: "LayerNorm", shapes: data(3, 8) },
  { operator: "LayerNorm", attributes: { axis: 1, eps: 0.1, output_mean_var: true }, shapes: data(6, 3) },
  { operator: "GroupNorm", attributes: { num_groups: 2, output_mean_var: true }, shapes: data(4, 3, 2) },
  { operator: "InstanceNorm", shapes: data(3, 4, 2) },
  {
    operator: "softmax",
    attributes: { use_length: true, axis: 1 },
    shapes: (batch) => ({ data: [batch, 5, 2], length: [batch, 2] }),
    whole: { length: [0, 6] },
  },
  {
    operator: "softmax_cross_entropy",
    shapes: (batch) => ({ data: [batch, 4], label: [batch] }),
    whole: { label: [-1, 6] },
  },
  ...["batch", "null", "valid"].map(
    (normalization): Case => ({ operator: "MakeLoss", attributes: { normalization, grad_scale: 3 }, shapes: data(4) }),
  ),
  { operator: "make_loss", shapes: data(4) },
  {
    operator: "Deconvolution",
    attributes: { kernel: [3, 3], num_filter: 4, stride: [2, 2], pad: [1, 1], adj: [1, 1], no_bias: false },
    shapes: data(2, 4, 5),
  },
  {
    operator: "Deconvolution",
    attributes: { kernel: [4, 4], num_filter: 4, num_group: 2, stride: [2, 2], target_shape: [9, 9] },
    shapes: data(6, 4, 4),
  },
  {
    operator: "Deconvolution",
    attributes: { kernel: [3, 3], num_filter: 4, num_group: 4, stride: [2, 2], pad: [1, 1] },
    shapes: data(4, 4, 4),
  },
  {
    operator: "Deconvolution",
    attributes: { kernel: [3], num_filter: 4, stride: [2], layout: "NWC" },
    shapes: data(5, 3),
  },
  {
    operator: "UpSampling",
    attributes: { scale: 2, sample_type: "bilinear", num_args: 2 },
    shapes: (batch) => ({ data: [batch, 3, 4, 5] }),
  },
  ...["concat", "sum"].map(
    (multi_input_mode): Case => ({
      operator: "UpSampling",
      attributes: { scale: 2, sample_type: "nearest", num_args: 2, multi_input_mode },
      shapes: (batch) => ({ arg0: [batch, 3, 4, 4], arg1: [batch, 3, 2, 2] }),
    }),
  ),
  {
    operator: "slice",
    attributes: { begin: [null, 3, -1], end: [null, null, null], step: [1, -2, -1] },
    shapes: data(5, 4),
  },
  { operator: "slice", attributes: { begin: [1, 4], end: [null, 0], step: [1, -3] }, shapes: data(7) },
  { operator: "slice_axis", attributes: { axis: -1, begin: 1, end: -1 }, shapes: data(3, 5) },
  {
    operator: "slice_like",
    attributes: { axes: [1] },
    shapes: (batch) => ({ data: [batch, 5, 2], shape_like: [batch, 3, 2] }),
  },
  { operator: "Crop", attributes: { num_args: 1, h_w: [2, 3], center_crop: true }, shapes: data(2, 5, 6) },
  ...[1, -1].flatMap((axis): Case[] => [
    { operator: "_split_v2", attributes: { axis, sections: 2 }, shapes: data(4, 6) },
    { operator: "_split_v2", attributes: { axis, indices: [1, 3], sections: 0 }, shapes: data(4, 6) },
  ]),
  { operator: "_np_cumsum", attributes: { axis: 1 }, shapes: (batch) => ({ a: [batch, 4, 2] }) },
  { operator: "_np_cumsum", shapes: (batch) => ({ a: [batch, 4] }) },
  { operator: "depth_to_space", attributes: { block_size: 2 }, shapes: data(8, 3, 2) },
  { operator: "space_to_depth", attributes: { block_size: 2 }, shapes: data(2, 4, 6) },
  { operator: "broadcast_axis", attributes: { axis: [1], size: [4] }, shapes: data(1, 3) },
  { operator: "broadcast_to", attributes: { shape: [0, 4, 3] }, shapes: data(1, 3) },
  { operator: "broadcast_like", shapes: (batch) => ({ lhs: [1, 3, 1], rhs: [batch, 3, 2] }) },
  {
    operator: "broadcast_like",
    attributes: { lhs_axes: [1], rhs_axes: [0] },
    shapes: (batch) => ({ lhs: [2, 1], rhs: [batch, 3] }),
  },
  { operator: "repeat", attributes: { repeats: 3, axis: 1 }, shapes: data(2, 3) },
  { operator: "repeat", attributes: { repeats: 2 }, shapes: data(2) },
  { operator: "tile", attributes: { reps: [2, 1, 3] }, shapes: data(4) },
  { operator: "tile", attributes: { reps: [2, 3] }, shapes: data(2, 4) },
  { operator: "where", shapes: (batch) => ({ condition: [batch], x: [batch, 3, 2] }), whole: { condition: [0, 2] } },
  {
    operator: "Pad",
    attributes: { mode: "constant", pad_width: [0, 0, 0, 0, 1, 2, 0, 3], constant_value: 2 },
    shapes: data(2, 3, 4),
  },
  { operator: "Pad", attributes: { mode: "reflect", pad_width: [0, 0, 0, 0, 1, 2, 0, 3] }, shapes: data(2, 3, 4) },
  {
    operator: "stack",
    attributes: { num_args: 2, axis: -1 },
    shapes: (batch) => ({ arg0: [batch, 3], arg1: [batch, 3] }),
  },
  { operator: "reverse", attributes: { axis: [1, 2] }, shapes: data(3, 2) },
  ...["uint8", "int8", "int32", "bool", "float16"].map(
    (dtype): Case => ({ operator: "Cast", attributes: { dtype }, shapes: data(40), whole: { data: [-300, 300] } }),
  ),
  { operator: "amp_cast", attributes: { dtype: "float16" }, shapes: data(4) },
  ...[false, true].flatMap((transpose_a) =>
    [false, true].flatMap((transpose_b): Case[] => {
      const attributes = { transpose_a, transpose_b };
      const [a, b] = [transpose_a ? [3, 4] : [4, 3], transpose_b ? [5, 3] : [3, 5]];
      const c = { A: [...a], B: [...b] };
      return [
        { operator: "batch_dot", attributes, shapes: (batch) => ({ lhs: [batch, ...a], rhs: [batch, ...b] }) },
        { operator: "dot", attributes, shapes: () => ({ lhs: a, rhs: b }) },
        { operator: "_linalg_gemm2", attributes: { ...attributes, alpha: 2 }, shapes: () => c },
        {
          operator: "_linalg_gemm",
          attributes: { ...attributes, alpha: 2, beta: 3 },
          shapes: (batch) => ({ A: [batch, ...a], B: [batch, ...b], C: [batch, 4, 5] }),
        },
      ];
    }),
  ),
  { operator: "dot", shapes: (batch) => ({ lhs: [batch, 2, 3], rhs: [3, 4] }) },
  { operator: "dot", attributes: { transpose_b: true }, shapes: (batch) => ({ lhs: [batch, 3], rhs: [4, 2, 3] }) },
  { operator: "dot", shapes: () => ({ lhs: [3], rhs: [3] }) },
  ...["sum", "mean", "max", "prod"].flatMap((operator) =>
    [{}, { axis: [0] }, { axis: [1], keepdims: true }, { axis: [0, 2] }].map(
      (attributes): Case => ({ operator, attributes, shapes: data(3, 2) }),
    ),
  ),
  ...[1, 2].flatMap((ord) =>
    [{}, { axis: [1] }].map((of): Case => ({ operator: "norm", attributes: { ord, ...of }, shapes: data(3, 2) })),
  ),
  ...["value", "indices", "mask", "both"].flatMap((ret_typ) =>
    [{ axis: 1 }, { axis: -1, is_ascend: true }, { axis: 0 }].map(
      (of): Case => ({ operator: "topk", attributes: { ret_typ, k: 2, ...of }, shapes: data(4, 3) }),
    ),
  ),
  { operator: "topk", attributes: { axis: "None", ret_typ: "value", k: 3 }, shapes: data(4) },
  ...[{}, { axis: 1, is_ascend: false }, { axis: "None" }].flatMap((attributes) =>
    ["sort", "argsort"].map((operator): Case => ({ operator, attributes, shapes: data(4, 3) })),
  ),
  ...["argmax", "argmin"].flatMap((operator) =>
    [{}, { axis: 1 }, { axis: -1, keepdims: true }].map(
      (attributes): Case => ({ operator, attributes, shapes: data(4, 3) }),
    ),
  ),
  { operator: "hard_sigmoid", shapes: data(5) },
  { operator: "smooth_l1", attributes: { scalar: 2 }, shapes: data(9) },
  { operator: "_contrib_div_sqrt_dim", shapes: data(4, 3) },
  ...["_mod_scalar", "_rmod_scalar", "_power_scalar", "_rpower_scalar", "_hypot_scalar"].map(
    (operator): Case => ({ operator, attributes: { scalar: 2 }, shapes: data(9), positive: true }),
  ),
  { operator: "_mod_scalar", attributes: { scalar: 0 }, shapes: data(3) },
  ...["_power", "_hypot", "_mod"].map(
    (operator): Case => ({ operator, shapes: (batch) => ({ lhs: [batch, 3], rhs: [batch, 3] }), positive: true }),
  ),
  ...["broadcast_power", "broadcast_hypot", "broadcast_mod"].map(
    (operator): Case => ({ operator, shapes: (batch) => ({ lhs: [batch, 3], rhs: [1, 3] }), positive: true }),
  ),
  ...["_logical_and", "_logical_or", "_logical_xor"].map(
    (operator): Case => ({
      operator,
      shapes: (batch) => ({ lhs: [batch, 6], rhs: [batch, 6] }),
      whole: { lhs: [0, 2], rhs: [0, 3] },
    }),
  ),
  ...["log_sigmoid", "zeros_like", "ones_like", "rint", "round", "fix", "cbrt", "gammaln"].map(
    (operator): Case => ({ operator, shapes: data(7), positive: true }),
  ),
];

const open: Executor[] = [];

function bound({ operator, attributes, shapes }: Case, batch: number, mode: ExecutionMode): Executor {
  const given = shapes(batch);
  const inputs = Object.fromEntries(Object.keys(given).map((name) => [name, variable(name)]));
  const symbol: MxSymbol = apply(operator, { name: "node", ...attributes, ...inputs });
  const executor = simpleBind(symbol, { shapes: given, mode });
  open.push(executor);
  return executor;
}

function filled(shape: Shape, random: Random, from: number, to: number, whole: boolean): HostArray {
  const draw = () => from + (to - from) * random.uniform();
  return float32Array(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, () => (whole ? Math.floor(draw()) : draw())),
  );
}

/** Outputs and gradients for numbers that are the same in each mode. */
async function run(one: Case, batch: number, mode: ExecutionMode): Promise<Map<string, Float32Array>> {
  const executor = bound(one, batch, mode);
  const random = new Random(7);
  for (const [name, cell] of executor.argCells) {
    const [from, to] = one.whole?.[name] ?? [one.positive ? 0.5 : -2, 2];
    cell.set(filled(cell.shape, random, from, to, one.whole?.[name] !== undefined));
  }
  await executor.forward({ isTrain: true });
  const results = new Map<string, Float32Array>();
  const heads: HostArray[] = [];
  for (const [i, output] of executor.outputs.entries()) {
    const array = await output.toHost();
    results.set(`output ${i}`, toFloat32(array));
    heads.push(filled(array.shape, random, -1, 1, false));
  }
  if (executor.gradCells.size > 0) {
    await executor.backward(heads);
    for (const [name, cell] of executor.gradCells) results.set(`gradient of ${name}`, toFloat32(await cell.toHost()));
  }
  const ways = executor.compilation.nodes?.map(({ how }) => how) ?? [];
  expect(new Set(ways)).toEqual(new Set(mode === "compiled" ? ["lowered"] : []));
  return results;
}

describe.for(CARRIERS)("lowered, in a %s", (carrier) => {
  const setting = useRun({ backend: "tensorflow", mode: "compiled", carrier });
  afterEach(() => {
    for (const executor of open.splice(0)) executor.dispose();
  });

  test.for(cases)(
    "$operator $attributes gives what its kernel gives, for batches of two sizes",
    async (one, { skip }) => {
      if (setting.missing !== undefined) skip(setting.missing);
      for (const batch of [3, 5]) {
        const expected = await run(one, batch, "eager");
        const actual = await run(one, batch, "compiled");
        expect([...actual.keys()]).toEqual([...expected.keys()]);
        for (const [name, values] of actual) {
          const error = values.map((value, i) => {
            const wanted = expected.get(name)?.[i] ?? Number.NaN;
            return Object.is(value, wanted) ? 0 : Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
          });
          expect(Math.max(0, ...error), name).toBeLessThan(2e-5);
        }
      }
    },
  );

  test("a sequence that is longer than the data is an error that names its place", async ({ skip }) => {
    if (setting.missing !== undefined) skip(setting.missing);
    for (const operator of ["SequenceLast", "SequenceReverse"]) {
      const executor = bound(
        {
          operator,
          attributes: { use_sequence_length: true },
          shapes: () => ({ data: [4, 2, 3], sequence_length: [2] }),
        },
        2,
        "compiled",
      );
      const inputs = { sequence_length: float32Array([2], [2, 9]) };
      await expect(executor.forward({ isTrain: true, inputs })).rejects.toMatchObject({
        name: "ValueError",
        message: expect.stringMatching(/^indices\[.*1\] = \[\d, 1\] does not index into param shape \[4,2,3\]/),
      });
    }
  });
});
