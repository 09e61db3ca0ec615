import { AttributeError, type Shape, ShapeError } from "@mxgraft/base";
import { describe, expect, test } from "vitest";
import { builtins } from "../../src/index.ts";

type Name = keyof typeof builtins;
type Known = readonly (Shape | undefined)[];

interface Given {
  readonly operator: Name;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly arguments: Known;
  readonly outputs?: Known;
}

/** What one sweep of inference says, with what was known filled in where it says nothing. */
function infer({ operator, attributes: raw = {}, arguments: given, outputs = [] }: Given) {
  const spec = builtins[operator];
  // A name known only at run time loses the type of its attributes.
  const attributes = spec.parse(new Map(Object.entries(raw))) as never;
  const known = {
    arguments: spec.arguments(attributes).map((_, i) => given[i]),
    outputs: spec.outputs(attributes).map((_, i) => outputs[i]),
    auxiliaryStates: spec.auxiliaryStates(attributes).map(() => undefined),
  };
  const found = spec.inferShape(attributes, known);
  return {
    arguments: known.arguments.map((shape, i) => found.arguments?.[i] ?? shape),
    outputs: known.outputs.map((shape, i) => found.outputs?.[i] ?? shape),
    auxiliaryStates: known.auxiliaryStates.map((shape, i) => found.auxiliaryStates?.[i] ?? shape),
  };
}

const conv = { kernel: "(3, 3)", num_filter: "8" };

// A size of 0 is one that is not known. Sizes by the formulas of the MXNet documentation, worked by hand.
const cases: readonly (Given & {
  readonly name: string;
  readonly wantArguments?: Known;
  readonly wantOutputs?: Known;
  readonly wantStates?: Known;
})[] = [
  {
    name: "Convolution finds weight, bias and output from data",
    operator: "Convolution",
    attributes: { ...conv, stride: "(2, 1)", pad: "(1, 0)", num_group: "2", dilate: "(1, 2)" },
    arguments: [[5, 4, 10, 9]],
    wantArguments: [[5, 4, 10, 9], [8, 2, 3, 3], [8]],
    wantOutputs: [[5, 8, 5, 5]],
  },
  {
    name: "Convolution keeps an unknown batch unknown",
    operator: "Convolution",
    attributes: { ...conv, no_bias: "True" },
    arguments: [[0, 4, 10, 9]],
    wantArguments: [
      [0, 4, 10, 9],
      [8, 4, 3, 3],
    ],
    wantOutputs: [[0, 8, 8, 7]],
  },
  {
    name: "Convolution of stride 1 finds sizes of data from the output",
    operator: "Convolution",
    attributes: { ...conv, pad: "(1, 0)" },
    arguments: [[0, 4, 0, 0]],
    outputs: [[6, 0, 7, 5]],
    wantArguments: [[6, 4, 7, 7], [8, 4, 3, 3], [8]],
    wantOutputs: [[6, 8, 7, 5]],
  },
  {
    name: "Convolution knows the bias before anything else",
    operator: "Convolution",
    attributes: conv,
    arguments: [undefined],
    wantArguments: [undefined, undefined, [8]],
    wantOutputs: [undefined],
  },
  {
    name: "Convolution with channels last",
    operator: "Convolution",
    attributes: { ...conv, layout: "NHWC" },
    arguments: [[2, 10, 9, 4]],
    wantArguments: [[2, 10, 9, 4], [8, 3, 3, 4], [8]],
    wantOutputs: [[2, 8, 7, 8]],
  },
  {
    name: "Pooling rounds down by default",
    operator: "Pooling",
    attributes: { kernel: "(3, 3)", stride: "(2, 2)" },
    arguments: [[2, 3, 8, 7]],
    wantOutputs: [[2, 3, 3, 3]],
  },
  {
    name: "Pooling rounds up with full",
    operator: "Pooling",
    attributes: { kernel: "(3, 3)", stride: "(2, 2)", pooling_convention: "full" },
    arguments: [[0, 3, 8, 0]],
    wantOutputs: [[0, 3, 4, 0]],
  },
  {
    name: "Pooling of everything needs no kernel",
    operator: "Pooling",
    attributes: { global_pool: "True" },
    arguments: [[2, 3, 8, 7, 5]],
    wantOutputs: [[2, 3, 1, 1, 1]],
  },
  {
    name: "BatchNorm finds everything from data",
    operator: "BatchNorm",
    attributes: { axis: "-1" },
    arguments: [[2, 3, 4]],
    wantArguments: [[2, 3, 4], [4], [4]],
    wantOutputs: [[2, 3, 4], [4], [4]],
    wantStates: [[4], [4]],
  },
  {
    name: "Activation finds data from its output",
    operator: "Activation",
    attributes: { act_type: "relu" },
    arguments: [[0, 3]],
    outputs: [[2, 0]],
    wantArguments: [[2, 3]],
    wantOutputs: [[2, 3]],
  },
  {
    name: "LeakyReLU has a gamma for each channel",
    operator: "LeakyReLU",
    attributes: { act_type: "prelu" },
    arguments: [[2, 3, 4, 4]],
    wantArguments: [[2, 3, 4, 4], [3]],
    wantOutputs: [[2, 3, 4, 4]],
  },
  {
    name: "LeakyReLU takes one gamma for all",
    operator: "LeakyReLU",
    attributes: { act_type: "prelu" },
    arguments: [[2, 3, 4, 4], [1]],
    wantArguments: [[2, 3, 4, 4], [1]],
  },
  {
    name: "FullyConnected flattens",
    operator: "FullyConnected",
    attributes: { num_hidden: "5" },
    arguments: [[2, 3, 4]],
    wantArguments: [[2, 3, 4], [5, 12], [5]],
    wantOutputs: [[2, 5]],
  },
  {
    name: "FullyConnected takes the batch from its output",
    operator: "FullyConnected",
    attributes: { num_hidden: "5", flatten: "False", no_bias: "True" },
    arguments: [[0, 3, 4]],
    outputs: [[7, 3, 5]],
    wantArguments: [
      [7, 3, 4],
      [5, 4],
    ],
    wantOutputs: [[7, 3, 5]],
  },
  {
    name: "FullyConnected does not know its weight before all sizes of a row",
    operator: "FullyConnected",
    attributes: { num_hidden: "5" },
    arguments: [[2, 3, 0]],
    wantArguments: [[2, 3, 0], [5, 0], [5]],
    wantOutputs: [[2, 5]],
  },
  {
    name: "SoftmaxOutput has a label for each row",
    operator: "SoftmaxOutput",
    arguments: [[0, 10]],
    wantArguments: [[0, 10], [0]],
    wantOutputs: [[0, 10]],
  },
  {
    name: "SoftmaxOutput with multi_output has a label for each place",
    operator: "SoftmaxOutput",
    attributes: { multi_output: "True" },
    arguments: [[2, 10, 3, 4]],
    wantArguments: [
      [2, 10, 3, 4],
      [2, 12],
    ],
  },
  {
    name: "SoftmaxOutput with multi_output takes labels in the shape of the places",
    operator: "SoftmaxOutput",
    attributes: { multi_output: "True" },
    arguments: [
      [2, 10, 3, 4],
      [2, 1, 3, 4],
    ],
    wantArguments: [
      [2, 10, 3, 4],
      [2, 1, 3, 4],
    ],
  },
  {
    name: "SoftmaxOutput takes probabilities as labels",
    operator: "SoftmaxOutput",
    arguments: [
      [2, 10],
      [2, 10],
    ],
    wantArguments: [
      [2, 10],
      [2, 10],
    ],
    wantOutputs: [[2, 10]],
  },
  { name: "Flatten keeps the batch", operator: "Flatten", arguments: [[0, 3, 4]], wantOutputs: [[0, 12]] },
  { name: "Flatten of one axis", operator: "Flatten", arguments: [[5]], wantOutputs: [[5, 1]] },
  {
    name: "Reshape with every code",
    operator: "Reshape",
    attributes: { shape: "(-4, 2, -1, -3, 0, -2)" },
    arguments: [[6, 4, 5, 7, 8, 9]],
    wantOutputs: [[2, 3, 20, 7, 8, 9]],
  },
  {
    name: "Reshape from the right",
    operator: "Reshape",
    attributes: { shape: "(-1, 0)", reverse: "True" },
    arguments: [[10, 5, 4]],
    wantOutputs: [[50, 4]],
  },
  {
    name: "Reshape keeps unknown sizes unknown",
    operator: "Reshape",
    attributes: { shape: "(0, -1)" },
    arguments: [[0, 3, 4]],
    wantOutputs: [[0, 0]],
  },
  {
    name: "Reshape finds a size of data from the new shape",
    operator: "Reshape",
    attributes: { shape: "(6, 4)" },
    arguments: [[0, 3, 4]],
    wantArguments: [[2, 3, 4]],
    wantOutputs: [[6, 4]],
  },
  {
    name: "Dropout has a mask of one number along axes",
    operator: "Dropout",
    attributes: { axes: "(1, -1)" },
    arguments: [[2, 3, 4]],
    wantOutputs: [
      [2, 3, 4],
      [2, 1, 1],
    ],
  },
];

test.for(cases)("$name", ({ wantArguments, wantOutputs, wantStates, ...given }) => {
  const found = infer(given);
  if (wantArguments) expect(found.arguments).toEqual(wantArguments);
  if (wantOutputs) expect(found.outputs).toEqual(wantOutputs);
  if (wantStates) expect(found.auxiliaryStates).toEqual(wantStates);
});

const unknown: readonly [Name, Record<string, string>][] = [
  ["Activation", { act_type: "relu" }],
  ["BatchNorm", {}],
  ["Convolution", conv],
  ["Dropout", {}],
  ["Flatten", {}],
  ["FullyConnected", { num_hidden: "2" }],
  ["LeakyReLU", {}],
  ["MakeLoss", {}],
  ["Pooling", { global_pool: "True" }],
  ["Reshape", { shape: "(-1,)" }],
  ["SoftmaxOutput", {}],
];

test.for(unknown)("%s says nothing of its outputs when nothing is known", ([operator, attributes]) => {
  const { outputs } = infer({ operator, attributes, arguments: [] });
  expect(outputs.every((shape) => shape === undefined)).toBe(true);
});

describe("errors", () => {
  const errors: readonly (Given & {
    readonly name: string;
    readonly error: typeof ShapeError | typeof AttributeError;
    readonly message: string;
    readonly argument?: string;
  })[] = [
    {
      name: "data of the wrong rank",
      operator: "Convolution",
      attributes: conv,
      arguments: [[2, 3]],
      error: ShapeError,
      message: 'argument "data" has shape (2, 3), expected 4 axes (batch, channel, y, x) for kernel (3, 3).',
      argument: "data",
    },
    {
      name: "a kernel that is too big",
      operator: "Convolution",
      attributes: { kernel: "(5, 5)", num_filter: "8" },
      arguments: [[1, 1, 3, 3]],
      error: ShapeError,
      message: 'argument "data" has shape (1, 1, 3, 3), smaller with its padding, (3, 3), than the kernel (5, 5).',
      argument: "data",
    },
    {
      name: "groups that do not divide the filters",
      operator: "Convolution",
      attributes: { ...conv, num_group: "3" },
      arguments: [[1, 3, 9, 9]],
      error: AttributeError,
      message: 'attribute "num_filter" is 8, expected a multiple of "num_group", 3.',
      argument: "num_filter",
    },
    {
      name: "groups that do not divide the channels",
      operator: "Convolution",
      attributes: { ...conv, num_group: "2" },
      arguments: [[1, 3, 9, 9]],
      error: ShapeError,
      message: 'argument "data" has shape (1, 3, 9, 9), expected a number of channels that "num_group", 2, divides.',
      argument: "data",
    },
    {
      name: "a stride of another length",
      operator: "Pooling",
      attributes: { kernel: "(2, 2)", stride: "(2,)" },
      arguments: [[1, 3, 9, 9]],
      error: AttributeError,
      message: 'attribute "stride" is (2,), expected 2 numbers, as many as "kernel" has.',
      argument: "stride",
    },
    {
      name: "a pooling kernel that is too big",
      operator: "Pooling",
      attributes: { kernel: "(5, 2)", pad: "(0, 1)" },
      arguments: [[1, 3, 4, 9]],
      error: ShapeError,
      message: 'argument "data" has shape (1, 3, 4, 9), smaller with its padding, (4, 11), than the kernel (5, 2).',
      argument: "data",
    },
    {
      name: "a p-norm without p",
      operator: "Pooling",
      attributes: { kernel: "(2, 2)", pool_type: "lp" },
      arguments: [[1, 3, 4, 9]],
      error: AttributeError,
      message: 'attribute "p_value" is missing, expected 1, 2 or 3 for pool_type "lp".',
      argument: "p_value",
    },
    {
      name: "a label that does not fit",
      operator: "SoftmaxOutput",
      arguments: [
        [4, 10],
        [4, 2],
      ],
      error: ShapeError,
      message: 'argument "label" has shape (4, 2), expected (4,) for "data" (4, 10).',
      argument: "label",
    },
    {
      name: "a gamma that does not fit",
      operator: "LeakyReLU",
      attributes: { act_type: "prelu" },
      arguments: [[2, 3, 4], [4]],
      error: ShapeError,
      message:
        'argument "gamma" has shape (4,), expected one number for each channel, axis 1 of "data" (2, 3, 4), or one for all.',
      argument: "gamma",
    },
    {
      name: "a channel axis that is not there",
      operator: "BatchNorm",
      attributes: { axis: "4" },
      arguments: [[2, 3, 4]],
      error: ShapeError,
      message: 'attribute "axis": axis 4 is out of range, expected -3..2 for 3 axes.',
    },
    {
      name: "a new shape of another size",
      operator: "Reshape",
      attributes: { shape: "(4, -1)" },
      arguments: [[2, 3]],
      error: ShapeError,
      message:
        'argument "data" has shape (2, 3), which "shape" (4, -1) does not fit: the number of elements would change.',
      argument: "data",
    },
    {
      name: "a code without an axis",
      operator: "Reshape",
      attributes: { shape: "(0, 0, 0)" },
      arguments: [[2, 3]],
      error: ShapeError,
      message: 'argument "data" has shape (2, 3), which "shape" (0, 0, 0) does not fit: there is no axis 2 to take.',
      argument: "data",
    },
    {
      name: "no shape at all",
      operator: "Reshape",
      arguments: [[2, 3]],
      error: AttributeError,
      message: 'attribute "shape" is missing, expected a tuple of sizes and codes such as "(0, -1)".',
      argument: "shape",
    },
  ];

  test.for(errors)("$name", ({ error, message, argument, ...given }) => {
    const thrown = (() => {
      try {
        infer(given);
      } catch (caught) {
        return caught;
      }
      return undefined;
    })();
    if (!(thrown instanceof error)) throw thrown ?? new Error("no error");
    expect(thrown.message).toBe(message);
    expect(thrown.facts.argument).toBe(argument);
  });
});
