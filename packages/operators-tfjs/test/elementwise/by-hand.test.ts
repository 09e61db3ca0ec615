import { Random, type Shape } from "@mxgraft/base";
import type { OperatorSpec } from "@mxgraft/operator";
import { builtins } from "@mxgraft/operators";
import { type KernelTable, setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { elementwiseKernels } from "../../src/elementwise/elementwise-kernels.ts";
import { backends } from "../backends.ts";

type Name = keyof typeof elementwiseKernels;
const specs: Readonly<Record<Name, OperatorSpec>> = builtins;
const kernels: Readonly<Record<Name, KernelTable>> = elementwiseKernels;

interface Case {
  readonly operator: Name;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly dtype?: "int32" | "float32";
  readonly inputs: readonly (readonly number[])[];
  readonly output: readonly number[];
  /** By head gradients of 2; absent: not asked. */
  readonly gradients?: readonly (readonly number[] | undefined)[];
}

// What the recorded cases leave out, worked by hand.
const cases: readonly Case[] = [
  {
    operator: "_logical_and",
    inputs: [
      [0, 0, 3, -1],
      [0, 2, 0, 5],
    ],
    output: [0, 0, 0, 1],
    gradients: [undefined, undefined],
  },
  {
    operator: "_logical_or",
    inputs: [
      [0, 0, 3, -1],
      [0, 2, 0, 5],
    ],
    output: [0, 1, 1, 1],
  },
  {
    operator: "_logical_xor",
    inputs: [
      [0, 0, 3, -1],
      [0, 2, 0, 5],
    ],
    output: [0, 1, 1, 0],
  },
  { operator: "_logical_and_scalar", attributes: { scalar: "2" }, inputs: [[0, 3]], output: [0, 1] },
  { operator: "_logical_or_scalar", attributes: { scalar: "0" }, inputs: [[0, 3]], output: [0, 1] },
  { operator: "_logical_xor_scalar", attributes: { scalar: "1" }, inputs: [[0, 3]], output: [1, 0] },
  { operator: "log_sigmoid", inputs: [[0, 30]], output: [-Math.LN2, 0], gradients: [[1, 0]] },
  { operator: "mish", inputs: [[0, 1]], output: [0, 0.865098], gradients: [[1.2, 2.0981]] },
  { operator: "make_loss", inputs: [[3, 4]], output: [3, 4], gradients: [[1, 1]] },
  // Integers stay integers: C cuts the quotient off, and a scalar.
  {
    operator: "elemwise_add",
    dtype: "int32",
    inputs: [
      [16777217, 2],
      [1, 3],
    ],
    output: [16777218, 5],
  },
  {
    operator: "elemwise_div",
    dtype: "int32",
    inputs: [
      [7, -7],
      [2, 2],
    ],
    output: [3, -3],
  },
  {
    operator: "_plus_scalar",
    attributes: { scalar: "1.5" },
    dtype: "int32",
    inputs: [[16777216, -2]],
    output: [16777217, -1],
  },
  { operator: "_div_scalar", attributes: { scalar: "2" }, dtype: "int32", inputs: [[7, -7]], output: [3, -3] },
  {
    operator: "_equal",
    dtype: "int32",
    inputs: [
      [1, 2],
      [1, 3],
    ],
    output: [1, 0],
  },
  {
    operator: "clip",
    attributes: { a_min: "-1", a_max: "2" },
    dtype: "int32",
    inputs: [[-5, 1, 9]],
    output: [-1, 1, 2],
  },
];

describe.for(backends)("on %s", (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
  });

  test.for(cases)(
    "$operator $dtype of $inputs",
    ({ operator, attributes = {}, dtype = "float32", inputs, output, gradients }) => {
      const before = tf.memory().numTensors;
      tf.tidy(() => {
        const kernel = kernels[operator].portable;
        if (!kernel) throw new Error("no kernel");
        const parsed = specs[operator].parse(new Map(Object.entries(attributes)));
        const tensors = inputs.map((values) => tf.tensor1d([...values], dtype));
        const shape: Shape = [output.length];
        const common = { attributes: parsed, inputs: tensors, states: [], random: new Random(0) };
        const outputs = kernel.forward({ ...common, outputShapes: [shape], isTrain: true });
        if (outputs instanceof Promise) throw new Error("waits");
        const [result] = outputs;
        expect(result?.dtype).toBe(dtype);
        for (const [i, value] of (result?.dataSync() ?? []).entries())
          expect(value).toBeCloseTo(output[i] ?? Number.NaN, 5);
        if (!gradients) return;
        const got = kernel.backward?.({
          ...common,
          outputs,
          headGradients: [tf.fill([...shape], 2)],
          wanted: gradients.map(() => true),
          inputShapes: tensors.map(() => shape),
        });
        if (!got || got instanceof Promise) throw new Error("no gradients");
        for (const [i, want] of gradients.entries()) {
          const values = got[i]?.dataSync();
          expect(values?.length).toBe(want?.length);
          for (const [j, value] of (values ?? []).entries()) expect(value).toBeCloseTo(want?.[j] ?? Number.NaN, 4);
        }
      });
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});
