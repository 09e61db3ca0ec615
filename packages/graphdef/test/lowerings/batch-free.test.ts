import type { Shape } from "@mxgraft/base";
import { builtinLowerings } from "@mxgraft/graphdef";
import type { OperatorSpec } from "@mxgraft/operator";
import { builtins } from "@mxgraft/operators";
import { describe, expect, test } from "vitest";
import { bodyOf } from "./lower.ts";

interface BatchCase {
  readonly operator: keyof typeof builtins;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Shapes of the arguments without their first axis, the batch; `null` for those that have none, such as weights. */
  readonly data: readonly (Shape | null)[];
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
  { operator: "Dropout", data: [[5]] },
  { operator: "Dropout", attributes: { axes: "(2,)" }, data: [[5, 3]] },
  { operator: "Flatten", data: [[2, 3, 3]] },
  { operator: "FullyConnected", attributes: { num_hidden: "6" }, data: [[3, 2, 2], null, null] },
  { operator: "LRN", attributes: { nsize: "3" }, data: [[4, 5, 5]] },
  { operator: "LeakyReLU", attributes: { act_type: "prelu" }, data: [[3, 4, 4], null] },
  { operator: "LeakyReLU", attributes: { act_type: "rrelu" }, data: [[3]] },
  { operator: "LinearRegressionOutput", data: [[3], [3]] },
  { operator: "Pooling", attributes: { kernel: "(2,2)", stride: "(2,2)" }, data: [[3, 8, 8]] },
  { operator: "Pooling", attributes: { kernel: "(3,3)", pad: "(1,1)", pool_type: "avg" }, data: [[3, 8, 8]] },
  { operator: "Pooling", attributes: { global_pool: "True", pool_type: "avg" }, data: [[3, 8, 8]] },
  { operator: "Reshape", attributes: { shape: "(0,-1)" }, data: [[2, 3]] },
  { operator: "SVMOutput", data: [[5], []] },
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
  { operator: "elemwise_add", data: [[3], [3]] },
  { operator: "mean", attributes: { axis: "1" }, data: [[3, 4]] },
  { operator: "softmax", data: [[3, 4]] },
  { operator: "_mul_scalar", attributes: { scalar: "2" }, data: [[3]] },
];

/** The body of forward and backward for a size of the batch. */
function bodyFor({ operator, attributes: raw = {}, data }: BatchCase, batch: number): string {
  const spec: OperatorSpec = builtins[operator];
  const lowering = builtinLowerings[operator];
  if (lowering === undefined) throw new Error(`${operator} has no lowering`);
  const attributes = { ...spec.parse(new Map(Object.entries(raw))) };
  const shapes = data.map((rest) => (rest ? [batch, ...rest] : undefined));
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
