import { type DType, type Shape, ShapeError } from "@mxgraft/base";
import { describe, expect, test } from "vitest";
import { builtins } from "../../src/index.ts";

type Name = keyof typeof builtins;
type Known<T> = readonly (T | undefined)[];

interface Given {
  readonly operator: Name;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** What one sweep of inference says, with what was known filled in where it says nothing. */
function infer<T>(
  { operator, attributes: raw = {} }: Given,
  kind: "inferShape" | "inferType",
  given: Known<T>,
  outputs: Known<T>,
) {
  const spec = builtins[operator];
  // A name known only at run time loses the type of its attributes, and of what is inferred.
  const attributes = spec.parse(new Map(Object.entries(raw))) as never;
  const known = {
    arguments: spec.arguments(attributes).map((_, i) => given[i]),
    outputs: spec.outputs(attributes).map((_, i) => outputs[i]),
    auxiliaryStates: [],
  };
  const found = spec[kind](attributes, known as never);
  expect(found.outputs?.length ?? known.outputs.length).toBe(known.outputs.length);
  return {
    arguments: known.arguments.map((fact, i) => found.arguments?.[i] ?? fact),
    outputs: known.outputs.map((fact, i) => found.outputs?.[i] ?? fact),
  };
}

// A size of 0 is one that is not known. Forward shapes are in the recorded cases; here is what flows back.
const shapes: readonly (Given & {
  readonly name: string;
  readonly arguments: Known<Shape>;
  readonly outputs?: Known<Shape>;
  readonly wantArguments: Known<Shape>;
  readonly wantOutputs: Known<Shape>;
})[] = [
  {
    name: "Concat finds a missing size from the output",
    operator: "Concat",
    attributes: { num_args: "2" },
    arguments: [[4, 3, 5], undefined],
    outputs: [[0, 8, 0]],
    wantArguments: [
      [4, 3, 5],
      [4, 5, 5],
    ],
    wantOutputs: [[4, 8, 5]],
  },
  {
    name: "Concat shares what it knows of other axes",
    operator: "Concat",
    attributes: { num_args: "2", dim: "0" },
    arguments: [
      [2, 0],
      [0, 7],
    ],
    wantArguments: [
      [2, 7],
      [0, 7],
    ],
    wantOutputs: [[0, 7]],
  },
  {
    name: "SliceChannel finds data from a part",
    operator: "SliceChannel",
    attributes: { num_outputs: "3" },
    arguments: [undefined],
    outputs: [undefined, [2, 4]],
    wantArguments: [[2, 12]],
    wantOutputs: [
      [2, 4],
      [2, 4],
      [2, 4],
    ],
  },
  {
    name: "SliceChannel finds data from a squeezed part",
    operator: "SliceChannel",
    attributes: { num_outputs: "3", squeeze_axis: "True" },
    arguments: [undefined],
    outputs: [[2, 4]],
    wantArguments: [[2, 3, 4]],
    wantOutputs: [
      [2, 4],
      [2, 4],
      [2, 4],
    ],
  },
  {
    name: "stack finds its arguments from the output",
    operator: "stack",
    attributes: { num_args: "2", axis: "1" },
    arguments: [undefined, [0, 5]],
    outputs: [[3, 2, 0]],
    wantArguments: [
      [3, 5],
      [3, 5],
    ],
    wantOutputs: [[3, 2, 5]],
  },
  {
    name: "transpose finds data from the output",
    operator: "transpose",
    attributes: { axes: "(0, 2, 3, 1)" },
    arguments: [undefined],
    outputs: [[2, 5, 6, 3]],
    wantArguments: [[2, 3, 5, 6]],
    wantOutputs: [[2, 5, 6, 3]],
  },
  {
    name: "SwapAxis finds data from the output",
    operator: "SwapAxis",
    attributes: { dim1: "0", dim2: "2" },
    arguments: [undefined],
    outputs: [[4, 3, 2]],
    wantArguments: [[2, 3, 4]],
    wantOutputs: [[4, 3, 2]],
  },
  {
    name: "expand_dims finds data from the output",
    operator: "expand_dims",
    attributes: { axis: "1" },
    arguments: [undefined],
    outputs: [[2, 1, 3]],
    wantArguments: [[2, 3]],
    wantOutputs: [[2, 1, 3]],
  },
  {
    name: "where finds y and the condition from x",
    operator: "where",
    arguments: [[0], [2, 3], undefined],
    wantArguments: [[2], [2, 3], [2, 3]],
    wantOutputs: [[2, 3]],
  },
  {
    name: "Embedding finds the weight",
    operator: "Embedding",
    attributes: { input_dim: "10", output_dim: "4" },
    arguments: [[2, 3], undefined],
    wantArguments: [
      [2, 3],
      [10, 4],
    ],
    wantOutputs: [[2, 3, 4]],
  },
  {
    name: "pick finds the index from data",
    operator: "pick",
    attributes: { axis: "1" },
    arguments: [[2, 3, 4], undefined],
    wantArguments: [
      [2, 3, 4],
      [2, 4],
    ],
    wantOutputs: [[2, 4]],
  },
  {
    name: "_linalg_gemm finds C",
    operator: "_linalg_gemm",
    attributes: { axis: "0" },
    arguments: [[2, 3, 4], [4, 3, 5], undefined],
    wantArguments: [
      [2, 3, 4],
      [4, 3, 5],
      [2, 3, 5],
    ],
    wantOutputs: [[2, 3, 5]],
  },
  {
    name: "SequenceLast finds the lengths",
    operator: "SequenceLast",
    attributes: { use_sequence_length: "True", axis: "1" },
    arguments: [[2, 7, 3], undefined],
    wantArguments: [[2, 7, 3], [2]],
    wantOutputs: [[2, 3]],
  },
  {
    name: "slice_axis keeps an axis that is not known",
    operator: "slice_axis",
    attributes: { axis: "0", begin: "1", end: "None" },
    arguments: [[0, 3]],
    wantArguments: [[0, 3]],
    wantOutputs: [[0, 3]],
  },
  {
    name: "_zeros takes an unknown size from where it goes",
    operator: "_zeros",
    attributes: { shape: "(0, 8)" },
    arguments: [],
    wantArguments: [],
    wantOutputs: [[0, 8]],
  },
  {
    name: "topk value has a hidden output of indices",
    operator: "topk",
    attributes: { k: "2", ret_typ: "value", axis: "0" },
    arguments: [[5, 3]],
    wantArguments: [[5, 3]],
    wantOutputs: [
      [2, 3],
      [2, 3],
    ],
  },
];

test.for(shapes)("$name", ({ arguments: given, outputs = [], wantArguments, wantOutputs, ...operator }) => {
  const found = infer(operator, "inferShape", given, outputs);
  expect(found).toEqual({ arguments: wantArguments, outputs: wantOutputs });
});

const types: readonly (Given & {
  readonly name: string;
  readonly arguments: Known<DType>;
  readonly wantArguments: Known<DType>;
  readonly wantOutputs: Known<DType>;
})[] = [
  {
    name: "take leaves the type of indices alone",
    operator: "take",
    arguments: ["float16", "int32"],
    wantArguments: ["float16", "int32"],
    wantOutputs: ["float16"],
  },
  {
    name: "where gives y the type of x, not the condition's",
    operator: "where",
    arguments: ["bool", "int32", undefined],
    wantArguments: ["bool", "int32", "int32"],
    wantOutputs: ["int32"],
  },
  {
    name: "Cast says the type of its output only",
    operator: "Cast",
    attributes: { dtype: "int8" },
    arguments: ["float32"],
    wantArguments: ["float32"],
    wantOutputs: ["int8"],
  },
  {
    name: "topk both gives elements as data and indices as asked for",
    operator: "topk",
    attributes: { ret_typ: "both", dtype: "int32" },
    arguments: ["float64"],
    wantArguments: ["float64"],
    wantOutputs: ["float64", "int32"],
  },
  {
    name: "shape_array gives int64",
    operator: "shape_array",
    arguments: ["float32"],
    wantArguments: ["float32"],
    wantOutputs: ["int64"],
  },
  {
    name: "Embedding has a weight of its own type",
    operator: "Embedding",
    attributes: { input_dim: "3", output_dim: "2", dtype: "float16" },
    arguments: ["int32", undefined],
    wantArguments: ["int32", "float16"],
    wantOutputs: ["float16"],
  },
];

test.for(types)("$name", ({ arguments: given, wantArguments, wantOutputs, ...operator }) => {
  const found = infer(operator, "inferType", given, []);
  expect(found).toEqual({ arguments: wantArguments, outputs: wantOutputs });
});

const refused: readonly (Given & { readonly arguments: Known<Shape>; readonly message: string })[] = [
  {
    operator: "Concat",
    attributes: { num_args: "2" },
    arguments: [
      [2, 3],
      [4, 3],
    ],
    message: 'argument "arg1" has shape (4, 3), expected (2, ?): only axis 1 may differ.',
  },
  {
    operator: "SliceChannel",
    attributes: { num_outputs: "3" },
    arguments: [[2, 4]],
    message: 'argument "data" has shape (2, 4), expected a multiple of 3 elements along axis 1.',
  },
  {
    operator: "squeeze",
    attributes: { axis: "0" },
    arguments: [[2, 1]],
    message: 'argument "data" has shape (2, 1), expected size 1 along axis 0.',
  },
  {
    operator: "transpose",
    attributes: { axes: "(0, 0)" },
    arguments: [[2, 3]],
    message: 'attribute "axes" is (0, 0), expected each of the 2 axes of data once.',
  },
  {
    operator: "slice",
    attributes: { begin: "(2,)", end: "(1,)" },
    arguments: [[4]],
    message: 'argument "data" has shape (4,); the bounds leave nothing of axis 0.',
  },
  {
    operator: "slice_axis",
    attributes: { axis: "0", begin: "1", end: "9" },
    arguments: [[4]],
    message: 'argument "data" has shape (4,); the part 1..9 of axis 0 is not within it.',
  },
  {
    operator: "dot",
    arguments: [
      [2, 3],
      [4, 5],
    ],
    message:
      'argument "rhs" has shape (4, 5), which "lhs" (2, 3) cannot be multiplied by: 3 and 4 elements would be summed over.',
  },
  {
    operator: "topk",
    attributes: { k: "5" },
    arguments: [[2, 3]],
    message: 'attribute "k" is 5, expected at most the 3 elements of the axis.',
  },
  {
    operator: "depth_to_space",
    attributes: { block_size: "2" },
    arguments: [[1, 6, 2, 2]],
    message: 'argument "data" has shape (1, 6, 2, 2), expected (N, C, H, W) with a multiple of 4 channels.',
  },
  {
    operator: "broadcast_to",
    attributes: { shape: "(4, 3)" },
    arguments: [[2, 3]],
    message: 'argument "data" has shape (2, 3), which cannot be repeated to the shape (4, 3).',
  },
  {
    operator: "reshape_like",
    arguments: [
      [2, 3],
      [4, 2],
    ],
    message: 'argument "lhs" has shape (2, 3), which cannot become (4, 2): the number of elements would change.',
  },
];

describe("refuses", () => {
  test.for(refused)("$operator: $message", ({ arguments: given, message, ...operator }) => {
    const run = () => infer(operator, "inferShape", given, []);
    expect(run).toThrow(ShapeError);
    expect(run).toThrow(expect.objectContaining({ message }));
  });
});
