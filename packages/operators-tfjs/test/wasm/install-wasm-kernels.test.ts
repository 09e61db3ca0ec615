import { float32Array, Random, toFloat32 } from "@mxgraft/base";
import { download, setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { installWasmKernels } from "../../src/index.ts";

type Attributes = Record<string, tf.NamedAttrMap[string]>;

interface Case {
  readonly kernel: string;
  /** What is wrong with the kernel of tfjs-backend-wasm 4.22; a slow one is right. */
  readonly fault: "missing" | "wrong" | "slow";
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  readonly attributes: Attributes;
}

const conv2d = { strides: [2, 1], pad: "same", dataFormat: "NHWC", dimRoundingMode: "floor" };
const depthwise = { strides: [1, 1], dilations: [1, 1], pad: "same", dimRoundingMode: "floor" };
const pool = { filterSize: [2, 2], strides: [2, 2], pad: "valid" };

const cases: readonly Case[] = [
  {
    kernel: "Conv2DBackpropFilter",
    fault: "missing",
    inputs: { x: [2, 5, 4, 3], dy: [2, 3, 4, 2] },
    attributes: { ...conv2d, filterShape: [3, 2, 3, 2] },
  },
  {
    kernel: "DepthwiseConv2dNativeBackpropFilter",
    fault: "missing",
    inputs: { x: [2, 4, 5, 2], dy: [2, 4, 5, 4] },
    attributes: { ...depthwise, filterShape: [3, 2, 2, 2] },
  },
  {
    kernel: "DepthwiseConv2dNativeBackpropInput",
    fault: "missing",
    inputs: { dy: [2, 4, 5, 4], filter: [3, 2, 2, 2] },
    attributes: { ...depthwise, inputShape: [2, 4, 5, 2] },
  },
  {
    kernel: "MaxPoolGrad",
    fault: "wrong",
    inputs: { dy: [2, 3, 3, 4], input: [2, 6, 6, 4], output: [2, 3, 3, 4] },
    attributes: pool,
  },
  {
    kernel: "Conv3DBackpropInputV2",
    fault: "wrong",
    inputs: { dy: [1, 2, 2, 2, 2], filter: [2, 2, 2, 3, 2] },
    attributes: { strides: [1, 2, 1], pad: "valid", inputShape: [1, 3, 4, 3, 3] },
  },
  {
    kernel: "Conv3DBackpropFilterV2",
    fault: "wrong",
    inputs: { x: [1, 3, 4, 3, 3], dy: [1, 2, 2, 2, 2] },
    attributes: { strides: [1, 2, 1], pad: "valid", filterShape: [2, 2, 2, 3, 2] },
  },
  {
    kernel: "Conv2DBackpropInput",
    fault: "slow",
    inputs: { dy: [2, 3, 4, 2], filter: [3, 2, 3, 2] },
    attributes: { ...conv2d, inputShape: [2, 5, 4, 3] },
  },
  {
    kernel: "BatchMatMul",
    fault: "slow",
    inputs: { a: [2, 5, 3], b: [2, 4, 5] },
    attributes: { transposeA: true, transposeB: true },
  },
  { kernel: "Sum", fault: "slow", inputs: { x: [4, 3, 5] }, attributes: { axis: [0, 1], keepDims: false } },
  { kernel: "Sum", fault: "slow", inputs: { x: [4, 3, 5] }, attributes: { axis: [0], keepDims: true } },
  { kernel: "Sum", fault: "slow", inputs: { x: [4, 3, 5] }, attributes: { axis: [1, 2], keepDims: false } },
  { kernel: "Tanh", fault: "slow", inputs: { x: [40, 30] }, attributes: {} },
];

/** Runs a kernel on the current backend: shape and numbers of its result. */
async function run({ kernel, inputs, attributes }: Case) {
  const result = tf.tidy(() => {
    const tensors = Object.entries(inputs).map(([name, shape], i): [string, tf.Tensor] => {
      const random = new Random(1000 + i);
      // Mostly negative, as it was the windows without a positive number that lost their gradient.
      return [
        name,
        tf.tensor(
          Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => random.normal() - 0.5),
          [...shape],
        ),
      ];
    });
    return tf.engine().runKernel<tf.Tensor>(kernel, Object.fromEntries(tensors), attributes);
  });
  const values = toFloat32(await download(result, result.shape, "float32"));
  const { shape } = result;
  result.dispose();
  return { shape, values };
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] ?? Number.NaN))), 0);
}

describe("kernels of the backend wasm", () => {
  // The cpu backend of tfjs, which has all of these kernels right, is the judge.
  const judged = new Map<Case, Awaited<ReturnType<typeof run>>>();
  const stock = new Map<Case, Awaited<ReturnType<typeof run>> | Error>();

  beforeAll(async () => {
    await setBackend("cpu");
    for (const given of cases) judged.set(given, await run(given));
    await setBackend("wasm");
    for (const given of cases) stock.set(given, await run(given).catch((error: Error) => error));
    installWasmKernels();
    installWasmKernels();
  });

  test.for(cases)("$kernel, which tfjs has $fault, is right", async (given) => {
    const want = judged.get(given);
    const before = tf.memory().numTensors;
    const got = await run(given);
    expect(got.shape).toEqual(want?.shape);
    expect(largestDifference(got.values, want?.values ?? new Float32Array())).toBeLessThan(1e-5);
    expect(tf.memory().numTensors).toBe(before);
  });

  test.for(cases)("$kernel of tfjs itself is $fault", (given) => {
    const own = stock.get(given);
    const want = judged.get(given)?.values ?? new Float32Array();
    if (given.fault === "missing") expect(own).toBeInstanceOf(Error);
    else if (own === undefined || own instanceof Error) throw own;
    else if (given.fault === "wrong") expect(largestDifference(own.values, want)).toBeGreaterThan(1e-2);
    else expect(largestDifference(own.values, want)).toBeLessThan(1e-5);
  });

  test("sums segments, and leaves out negative ones", () => {
    const got = tf.tidy(() =>
      tf
        .unsortedSegmentSum(
          tf.tensor2d([
            [1, 2],
            [3, 4],
            [5, 6],
            [7, 8],
          ]),
          tf.tensor1d([2, 0, 2, -1], "int32"),
          3,
        )
        .arraySync(),
    );
    expect(got).toEqual([
      [3, 4],
      [0, 0],
      [6, 8],
    ]);
  });

  test("Tanh is right at its ends and for what is no number", async () => {
    const x = float32Array([7], [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0, 1e-6, 12, -3]);
    const got = tf.tidy(() => tf.tanh(tf.tensor(x.data)).dataSync());
    const want = Array.from(x.data, (value) => Math.tanh(value));
    const far = want.filter(
      (value, i) => !(Math.abs(value - Number(got.at(i))) <= 2e-7) && !Object.is(value, got.at(i)),
    );
    expect(far).toEqual([]);
  });
});
