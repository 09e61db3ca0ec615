import type { Shape } from "@mxgraft/base";
import { builtinLowerings } from "@mxgraft/graphdef";
import type { OperatorSpec } from "@mxgraft/operator";
import { builtins } from "@mxgraft/operators";
import { describe, expect, test } from "vitest";
import { bodyOf } from "./lower.ts";

interface BatchCase {
  readonly operator: keyof typeof builtins;
  readonly attributes?: Readonly<Record<string, string>>;
  /**
   * Shapes of the arguments without the axis of the batch; for those that have none, `null` where inference finds their
   * shape, as that of weights, or the whole shape.
   */
  readonly data: readonly (Shape | null | { readonly whole: Shape })[];
  /** The axis of the batch where it is not the first; arrays with fewer axes have it last. */
  readonly batchAxis?: number;
}

const cases: readonly BatchCase[] = [
  { operator: "Activation", attributes: { act_type: "tanh" }, data: [[3]] },
  { operator: "BatchNorm", attributes: { fix_gamma: "False" }, data: [[3, 4, 4], null, null] },
  { operator: "BatchNorm", data: [[3], null, null] },
  {
    operator: "BilinearSampler",
    data: [
      [3, 4, 4],
      [2, 5, 5],
    ],
  },
  { operator: "Concat", attributes: { num_args: "2", dim: "1" }, data: [[3], [2]] },
  {
    operator: "Convolution",
    attributes: { kernel: "(3,3)", num_filter: "4", pad: "(1,1)" },
    data: [[3, 8, 8], null, null],
  },
  { operator: "Convolution", attributes: { kernel: "(3,)", num_filter: "4" }, data: [[3, 8], null, null] },
  {
    operator: "Convolution",
    attributes: { kernel: "(3,3)", num_filter: "4", num_group: "2" },
    data: [[4, 8, 8], null, null],
  },
  {
    operator: "Convolution",
    attributes: { kernel: "(3,3)", num_filter: "8", num_group: "4" },
    data: [[4, 8, 8], null, null],
  },
  { operator: "Cast", attributes: { dtype: "uint8" }, data: [[3]] },
  {
    operator: "Deconvolution",
    attributes: { kernel: "(3,3)", num_filter: "4", num_group: "2", stride: "(2,2)" },
    data: [[4, 8, 8], null],
  },
  {
    operator: "Deconvolution",
    attributes: { kernel: "(3,)", num_filter: "4", no_bias: "False" },
    data: [[3, 8], null, null],
  },
  { operator: "Crop", attributes: { num_args: "1", h_w: "(2,3)" }, data: [[2, 5, 6]] },
  { operator: "Dropout", data: [[5]] },
  { operator: "Dropout", attributes: { axes: "(2,)" }, data: [[5, 3]] },
  { operator: "Embedding", attributes: { input_dim: "9", output_dim: "4" }, data: [[3], null] },
  { operator: "Flatten", data: [[2, 3, 3]] },
  { operator: "FullyConnected", attributes: { num_hidden: "6" }, data: [[3, 2, 2], null, null] },
  { operator: "GroupNorm", attributes: { num_groups: "2" }, data: [[4, 3, 3], null, null] },
  { operator: "InstanceNorm", data: [[4, 3, 3], null, null] },
  { operator: "LRN", attributes: { nsize: "3" }, data: [[4, 5, 5]] },
  { operator: "LayerNorm", data: [[3, 4], null, null] },
  { operator: "LeakyReLU", attributes: { act_type: "prelu" }, data: [[3, 4, 4], null] },
  { operator: "LeakyReLU", attributes: { act_type: "rrelu" }, data: [[3]] },
  { operator: "LinearRegressionOutput", data: [[3], [3]] },
  { operator: "MakeLoss", attributes: { normalization: "batch" }, data: [[3]] },
  { operator: "MakeLoss", attributes: { normalization: "valid" }, data: [[3]] },
  { operator: "Pad", attributes: { mode: "constant", pad_width: "(0,0,1,2)" }, data: [[3]] },
  { operator: "Pad", attributes: { mode: "reflect", pad_width: "(0,0,1,2)" }, data: [[3]] },
  { operator: "Pooling", attributes: { kernel: "(2,2)", stride: "(2,2)" }, data: [[3, 8, 8]] },
  { operator: "Pooling", attributes: { kernel: "(3,3)", pad: "(1,1)", pool_type: "avg" }, data: [[3, 8, 8]] },
  { operator: "Pooling", attributes: { global_pool: "True", pool_type: "avg" }, data: [[3, 8, 8]] },
  { operator: "Reshape", attributes: { shape: "(0,-1)" }, data: [[2, 3]] },
  { operator: "SVMOutput", data: [[5], []] },
  { operator: "SequenceLast", data: [[5, 3]], batchAxis: 1 },
  { operator: "SequenceLast", attributes: { use_sequence_length: "True", axis: "1" }, data: [[5, 3], []] },
  { operator: "SequenceMask", attributes: { use_sequence_length: "True" }, data: [[5, 3], []], batchAxis: 1 },
  { operator: "SequenceReverse", attributes: { use_sequence_length: "True" }, data: [[5, 3], []], batchAxis: 1 },
  { operator: "SliceChannel", attributes: { num_outputs: "2" }, data: [[4]] },
  { operator: "SoftmaxActivation", data: [[5]] },
  { operator: "SoftmaxOutput", attributes: { normalization: "batch" }, data: [[5], []] },
  { operator: "SoftmaxOutput", attributes: { normalization: "valid", use_ignore: "True" }, data: [[5], []] },
  {
    operator: "SoftmaxOutput",
    attributes: { multi_output: "True" },
    data: [
      [5, 3, 3],
      [3, 3],
    ],
  },
  { operator: "UpSampling", attributes: { scale: "2", sample_type: "nearest", num_args: "1" }, data: [[3, 4, 4]] },
  {
    operator: "UpSampling",
    attributes: { scale: "2", sample_type: "bilinear", num_args: "2" },
    data: [[3, 4, 4], null],
  },
  {
    operator: "_linalg_gemm2",
    data: [
      [3, 4],
      [4, 2],
    ],
  },
  { operator: "_np_cumsum", attributes: { axis: "1" }, data: [[3, 4]] },
  { operator: "_split_v2", attributes: { axis: "1", indices: "(1,3)", sections: "0" }, data: [[4, 2]] },
  { operator: "argmax", attributes: { axis: "1" }, data: [[3, 4]] },
  {
    operator: "batch_dot",
    attributes: { transpose_b: "True" },
    data: [
      [3, 4],
      [5, 4],
    ],
  },
  { operator: "batch_take", data: [[3], []] },
  { operator: "broadcast_axis", attributes: { axis: "1", size: "4" }, data: [[1, 3]] },
  { operator: "broadcast_like", data: [{ whole: [1, 3] }, [3]] },
  {
    operator: "SpatialTransformer",
    attributes: { target_shape: "(3,4)", transform_type: "affine", sampler_type: "bilinear" },
    data: [[3, 4, 4], [6]],
  },
  {
    operator: "broadcast_mul",
    data: [
      [3, 4],
      [1, 4],
    ],
  },
  { operator: "clip", attributes: { a_min: "0", a_max: "1" }, data: [[3]] },
  { operator: "depth_to_space", attributes: { block_size: "2" }, data: [[8, 3, 3]] },
  { operator: "dot", data: [[2, 3], { whole: [3, 4] }] },
  { operator: "elemwise_add", data: [[3], [3]] },
  { operator: "gather_nd", data: [{ whole: [5, 6, 3] }, [2]], batchAxis: 1 },
  { operator: "make_loss", data: [[3]] },
  { operator: "mean", attributes: { axis: "1" }, data: [[3, 4]] },
  { operator: "mean", data: [[3, 4]] },
  { operator: "norm", attributes: { axis: "1" }, data: [[3, 4]] },
  { operator: "one_hot", attributes: { depth: "5" }, data: [[3]] },
  { operator: "pick", data: [[3], []] },
  { operator: "pick", attributes: { axis: "1" }, data: [[3, 4], [4]] },
  { operator: "repeat", attributes: { repeats: "2", axis: "1" }, data: [[3, 4]] },
  { operator: "reverse", attributes: { axis: "1" }, data: [[3, 4]] },
  { operator: "slice", attributes: { begin: "(None,2)", end: "(None,0)", step: "(None,-1)" }, data: [[4]] },
  { operator: "slice_axis", attributes: { axis: "1", begin: "1", end: "None" }, data: [[4, 2]] },
  { operator: "slice_like", attributes: { axes: "(1,)" }, data: [[4], [3]] },
  { operator: "smooth_l1", attributes: { scalar: "1" }, data: [[3]] },
  { operator: "softmax", data: [[3, 4]] },
  { operator: "softmax", attributes: { use_length: "True" }, data: [[3, 4], [3]] },
  { operator: "softmax_cross_entropy", data: [[3], []] },
  { operator: "stack", attributes: { num_args: "2", axis: "1" }, data: [[3], [3]] },
  { operator: "take", attributes: { axis: "1" }, data: [[3, 4], { whole: [2] }] },
  { operator: "tile", attributes: { reps: "(2,1,3)" }, data: [[3]] },
  { operator: "topk", attributes: { ret_typ: "both", k: "2", axis: "1" }, data: [[4, 3]] },
  { operator: "where", data: [[], [3, 4], [3, 4]] },
  { operator: "_mul_scalar", attributes: { scalar: "2" }, data: [[3]] },
];

/** The body of forward and backward for a size of the batch. */
function bodyFor({ operator, attributes: raw = {}, data, batchAxis = 0 }: BatchCase, batch: number): string {
  const spec: OperatorSpec = builtins[operator];
  const lowering = builtinLowerings[operator];
  if (lowering === undefined) throw new Error(`${operator} has no lowering`);
  const attributes = { ...spec.parse(new Map(Object.entries(raw))) };
  const shapes = data.map((rest) => {
    if (rest === null) return undefined;
    return "whole" in rest ? rest.whole : rest.toSpliced(Math.min(batchAxis, rest.length), 0, batch);
  });
  const known = spec.inferShape(attributes, { arguments: shapes, outputs: [], auxiliaryStates: [] });
  const all = (given: readonly (Shape | undefined)[] = []) => given.map((shape) => shape ?? []);
  return bodyOf(lowering, {
    operator,
    attributes,
    inputShapes: shapes.map((shape, i) => shape ?? known.arguments?.[i] ?? []),
    outputShapes: all(known.outputs),
    states: all(known.auxiliaryStates),
  });
}

describe("batches of all sizes share one function", () => {
  test.for(cases)("$operator $attributes", (one) => {
    expect(bodyFor(one, 7)).toBe(bodyFor(one, 4));
  });
});

test.for(["rnn_relu", "rnn_tanh", "lstm", "gru"])("RNN, %s: the batch is the second axis of data", (mode) => {
  const raw = { mode, state_size: "4", num_layers: "2", bidirectional: "True", p: "0.5", state_outputs: "True" };
  const lengths = { use_sequence_length: "True" };
  const attributes = builtins.RNN.parse(new Map(Object.entries({ ...raw, ...lengths })));
  const bodyFor = (batch: number) => {
    const data = [6, batch, 3];
    const known = builtins.RNN.inferShape(attributes, {
      arguments: [
        data,
        ...builtins.RNN.arguments(attributes)
          .slice(1)
          .map(() => undefined),
      ],
      outputs: [],
      auxiliaryStates: [],
    });
    const all = (shapes: readonly (Shape | undefined)[] = []) => shapes.map((shape) => shape ?? []);
    return bodyOf(builtinLowerings.RNN ?? {}, {
      operator: "RNN",
      attributes,
      inputShapes: all(known.arguments),
      outputShapes: all(known.outputs),
    });
  };
  expect(bodyFor(7)).toBe(bodyFor(4));
});

test("what depends on other sizes differs", () => {
  const one: BatchCase = { operator: "Flatten", data: [[2, 3, 3]] };
  expect(bodyFor(one, 4)).not.toBe(bodyFor({ ...one, data: [[2, 3, 4]] }, 4));
});

test("lowerings have the names of built-in operators", () => {
  expect(Object.keys(builtinLowerings).filter((name) => !Object.hasOwn(builtins, name))).toEqual([]);
});
