import { type HostArray, type Shape, toFloat32 } from "@mxgraft/base";
import { setBackend } from "@mxgraft/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { installWasmKernels } from "../../src/index.ts";
import { backends } from "../backends.ts";
import {
  type Application,
  applyOperator,
  inferredShapes,
  type OperatorName,
  randomArray,
} from "../nn/apply-operator.ts";

interface Case {
  readonly operator: OperatorName;
  readonly attributes: Readonly<Record<string, string>>;
  readonly shapes: readonly Shape[];
}

/** Operators that are linear in all arguments together: they move and add numbers. */
const linear: readonly Case[] = [
  {
    operator: "Concat",
    attributes: { num_args: "2" },
    shapes: [
      [2, 3, 2, 4],
      [2, 1, 2, 4],
    ],
  },
  {
    operator: "Concat",
    attributes: { num_args: "2", dim: "3" },
    shapes: [
      [2, 3, 2, 4],
      [2, 3, 2, 1],
    ],
  },
  { operator: "SliceChannel", attributes: { num_outputs: "3" }, shapes: [[2, 6, 2, 3]] },
  { operator: "SliceChannel", attributes: { num_outputs: "3", squeeze_axis: "True" }, shapes: [[2, 3, 2, 3]] },
  { operator: "_split_v2", attributes: { indices: "(1, 2)", axis: "0" }, shapes: [[4, 3]] },
  { operator: "SwapAxis", attributes: { dim1: "1", dim2: "3" }, shapes: [[2, 3, 4, 5]] },
  { operator: "transpose", attributes: { axes: "(3, 0, 2, 1)" }, shapes: [[2, 3, 4, 5]] },
  { operator: "slice", attributes: { begin: "(4, 0)", end: "(None, 5)", step: "(-3, 2)" }, shapes: [[6, 7]] },
  { operator: "slice", attributes: { begin: "(1, 2)", end: "(6, 7)", step: "(2, 3)" }, shapes: [[7, 8, 2]] },
  { operator: "Pad", attributes: { mode: "reflect", pad_width: "(0, 0, 1, 2, 2, 2)" }, shapes: [[2, 3, 4]] },
  { operator: "Pad", attributes: { mode: "edge", pad_width: "(2, 0, 1, 2)" }, shapes: [[2, 1]] },
  { operator: "tile", attributes: { reps: "(2, 1, 3)" }, shapes: [[2, 3]] },
  { operator: "tile", attributes: { reps: "(1, 5, 1, 1)" }, shapes: [[2, 1, 2, 2]] },
  { operator: "repeat", attributes: { repeats: "3", axis: "-2" }, shapes: [[2, 2, 3]] },
  {
    operator: "im2col",
    attributes: { kernel: "(2, 2)", stride: "(2, 1)", dilate: "(1, 2)", pad: "(1, 0)" },
    shapes: [[2, 2, 4, 5]],
  },
  { operator: "im2col", attributes: { kernel: "(3,)", pad: "(1,)" }, shapes: [[2, 2, 4]] },
  { operator: "depth_to_space", attributes: { block_size: "3" }, shapes: [[2, 18, 1, 2]] },
  { operator: "diag", attributes: { k: "-1", axis1: "2", axis2: "0" }, shapes: [[3, 2, 4]] },
  { operator: "diag", attributes: { k: "-2" }, shapes: [[3]] },
  { operator: "_np_cumsum", attributes: { axis: "0" }, shapes: [[4, 2]] },
  { operator: "mean", attributes: { axis: "(0, 2)" }, shapes: [[2, 3, 4]] },
  { operator: "broadcast_to", attributes: { shape: "(2, 3, 4)" }, shapes: [[2, 1, 4]] },
];

/** Operators that are linear in each argument while the others stay. */
const multilinear: readonly Case[] = [
  { operator: "dot", attributes: {}, shapes: [[4], [4, 3]] },
  {
    operator: "dot",
    attributes: { transpose_a: "True" },
    shapes: [
      [4, 2, 3],
      [4, 2],
    ],
  },
  {
    operator: "batch_dot",
    attributes: { transpose_a: "True" },
    shapes: [
      [2, 2, 4, 3],
      [2, 2, 4, 2],
    ],
  },
  {
    operator: "_linalg_gemm2",
    attributes: { axis: "0", alpha: "2" },
    shapes: [
      [2, 3, 4],
      [4, 3, 5],
    ],
  },
  {
    operator: "_linalg_gemm2",
    attributes: { axis: "-3", transpose_b: "True" },
    shapes: [
      [2, 3, 4],
      [5, 3, 4],
    ],
  },
  {
    operator: "khatri_rao",
    attributes: { num_args: "3" },
    shapes: [
      [2, 3],
      [4, 3],
      [1, 3],
    ],
  },
];

function dot(a: HostArray | undefined, b: HostArray | undefined): number {
  if (!a || !b) return 0;
  const other = toFloat32(b);
  return toFloat32(a).reduce((sum, value, i) => sum + value * (other[i] ?? Number.NaN), 0);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

describe.for(backends)("on %s", (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
    if (backend === "wasm") installWasmKernels();
  });

  function prepare({ operator, attributes, shapes }: Case) {
    const data = shapes.map((shape, i) => randomArray(shape, i + 1));
    const along = shapes.map((shape, i) => randomArray(shape, i + 101));
    const application: Application = { operator, attributes, arguments: data, isTrain: true };
    const heads = inferredShapes(application).map((shape, i) => randomArray(shape ?? [], i + 51));
    return { data, along, application, heads };
  }

  test.for(linear)("$operator $attributes: <gradient, x> is <head, output of x>", async (given) => {
    const { along, application, heads } = prepare(given);
    const { gradients } = await applyOperator({ ...application, heads });
    const { outputs } = await applyOperator({ ...application, arguments: along });
    const want = total(outputs.map((output, i) => dot(heads[i], output)));
    expect(Math.abs(want)).toBeGreaterThan(1e-3);
    expect(total(gradients.map((gradient, i) => dot(gradient, along[i])))).toBeCloseTo(want, 4);
  });

  test.for(multilinear)(
    "$operator $attributes: <gradient, x> is <head, output of x> for each argument",
    async (given) => {
      const { data, along, application, heads } = prepare(given);
      const { gradients } = await applyOperator({ ...application, heads });
      for (const [i, direction] of along.entries()) {
        const { outputs } = await applyOperator({ ...application, arguments: data.with(i, direction) });
        const want = dot(heads[0], outputs[0]);
        expect(Math.abs(want)).toBeGreaterThan(1e-4);
        expect(dot(gradients[i], direction)).toBeCloseTo(want, 4);
      }
    },
  );

  test("parts without a gradient of their own count as zeros", async () => {
    const data = randomArray([2, 4, 1, 2], 1);
    const head = randomArray([2, 2, 1, 2], 2);
    const { gradients } = await applyOperator({
      operator: "SliceChannel",
      attributes: { num_outputs: "2" },
      arguments: [data],
      isTrain: true,
      heads: [undefined, head],
    });
    const values = toFloat32(head);
    const want = [0, 0, 0, 0, ...values.slice(0, 4), 0, 0, 0, 0, ...values.slice(4)];
    expect([...(gradients[0]?.data ?? [])]).toEqual(want);
  });
});
