import { float32Array, type Shape, toFloat32 } from "@mxgraft/base";
import { setBackend } from "@mxgraft/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { installWasmKernels } from "../../src/index.ts";
import { backends } from "../backends.ts";
import { applyOperator, type OperatorName } from "../nn/apply-operator.ts";

interface Case {
  readonly name: string;
  readonly operator: OperatorName;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly arguments: readonly (readonly [Shape, readonly number[]])[];
  readonly want: readonly number[];
}

const { NaN: none, POSITIVE_INFINITY: infinite } = Number;

// Worked by hand: what the recorded cases leave out.
const cases: readonly Case[] = [
  {
    name: "Cast to uint8 goes round as in C",
    operator: "Cast",
    attributes: { dtype: "uint8" },
    arguments: [[[6], [-1, 256, 300.7, 127, 128, -0.9]]],
    want: [255, 0, 44, 127, 128, 0],
  },
  {
    name: "Cast to int8 goes round as in C",
    operator: "Cast",
    attributes: { dtype: "int8" },
    arguments: [[[6], [-1, 256, 300.7, 127, 128, -129]]],
    want: [-1, 0, 44, 127, -128, 127],
  },
  {
    name: "Cast to bool asks whether a number is not 0",
    operator: "Cast",
    attributes: { dtype: "bool" },
    arguments: [[[4], [0, 0.25, -3, none]]],
    want: [0, 1, 1, 1],
  },
  {
    name: "Cast to float16 rounds to the nearest, ties to even",
    operator: "Cast",
    attributes: { dtype: "float16" },
    arguments: [[[8], [0.1, 1 + 2 ** -11, 1 + 3 * 2 ** -11, 2 ** -25, 1.5 * 2 ** -24, -65519, 65520, none]]],
    want: [0.0999755859375, 1, 1 + 2 ** -9, 0, 2 ** -23, -65504, infinite, none],
  },
  {
    name: "topk of equal elements gives the first ones",
    operator: "topk",
    attributes: { k: "2", is_ascend: "True" },
    arguments: [
      [
        [2, 4],
        [3, 1, 1, 1, 0, 2, 0, 2],
      ],
    ],
    want: [1, 2, 0, 2],
  },
  {
    name: "gather_nd counts negative coordinates from the end",
    operator: "gather_nd",
    arguments: [
      [
        [2, 3],
        [1, 2, 3, 4, 5, 6],
      ],
      [
        [2, 2],
        [-1, 0, 1, -2],
      ],
    ],
    want: [5, 2],
  },
  {
    name: "scatter_nd adds what falls on one place",
    operator: "scatter_nd",
    attributes: { shape: "(2, 2)" },
    arguments: [
      [[3], [1, 2, 4]],
      [
        [2, 3],
        [0, 1, 0, 1, 0, 1],
      ],
    ],
    want: [0, 5, 2, 0],
  },
  {
    name: "diag of the planes of an array",
    operator: "diag",
    attributes: { k: "1", axis1: "0", axis2: "2" },
    arguments: [
      [
        [2, 2, 3],
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
      ],
    ],
    want: [1, 8, 4, 11],
  },
  {
    name: "mean of one axis keeps the others apart",
    operator: "mean",
    attributes: { axis: "1" },
    arguments: [
      [
        [2, 3],
        [1, 2, 6, -1, 0, 4],
      ],
    ],
    want: [3, 1],
  },
  {
    name: "norm of zeros is 0",
    operator: "norm",
    arguments: [[[2], [0, 0]]],
    want: [0],
  },
  {
    name: "_arange repeats numbers and starts at 0 when only an end is given",
    operator: "_arange",
    attributes: { start: "3", repeat: "2" },
    arguments: [],
    want: [0, 0, 1, 1, 2, 2],
  },
  {
    name: "_arange goes down",
    operator: "_arange",
    attributes: { start: "1", stop: "0", step: "-0.25" },
    arguments: [],
    want: [1, 0.75, 0.5, 0.25],
  },
  {
    name: "_full of integers",
    operator: "_full",
    attributes: { shape: "(3,)", value: "7", dtype: "int32" },
    arguments: [],
    want: [7, 7, 7],
  },
  {
    name: "Concat puts the channels of images together",
    operator: "Concat",
    attributes: { num_args: "2" },
    arguments: [
      [
        [1, 1, 1, 2],
        [1, 2],
      ],
      [
        [1, 2, 1, 2],
        [3, 4, 5, 6],
      ],
    ],
    want: [1, 2, 3, 4, 5, 6],
  },
  {
    name: "_rnn_param_concat puts flat weights together",
    operator: "_rnn_param_concat",
    attributes: { num_args: "3", dim: "0" },
    arguments: [
      [[2], [1, 2]],
      [[1], [3]],
      [[2], [4, 5]],
    ],
    want: [1, 2, 3, 4, 5],
  },
  {
    name: "where takes x for a condition that is not a number",
    operator: "where",
    arguments: [
      [[2], [none, 0]],
      [[2], [1, 2]],
      [[2], [3, 4]],
    ],
    want: [1, 4],
  },
];

describe.for(backends)("on %s", (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
    if (backend === "wasm") installWasmKernels();
  });

  test.for(cases)("$name", async ({ operator, attributes = {}, arguments: given, want }) => {
    const { outputs } = await applyOperator({
      operator,
      attributes,
      arguments: given.map(([shape, values]) => float32Array(shape, values)),
      isTrain: false,
    });
    expect(outputs[0] ? [...toFloat32(outputs[0])] : []).toEqual(want.map((value) => Math.fround(value)));
  });
});
