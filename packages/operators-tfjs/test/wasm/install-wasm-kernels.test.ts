import { float32Array, Random, toFloat32 } from "@mxgraft/base";
import { download, setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { installWasmKernels } from "../../src/index.ts";
import { heapFunctionsOf } from "../../src/wasm/vector/heap-functions.ts";
import { wasmBackend } from "./wasm-backend.ts";

type Attributes = Record<string, tf.NamedAttrMap[string]>;

interface Case {
  readonly kernel: string;
  /** What is wrong with the kernel of tfjs-backend-wasm 4.22; a slow one is right. */
  readonly fault: "missing" | "wrong" | "slow";
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  readonly attributes: Attributes;
}

const conv2d = { strides: [2, 1], pad: "same", dataFormat: "NHWC", dimRoundingMode: "floor" };
const valid2d = { strides: [1, 2], pad: "valid", dataFormat: "NHWC" };
const forward2d = { ...conv2d, dilations: [1, 1] };
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
    kernel: "Conv2DBackpropFilter",
    fault: "missing",
    inputs: { x: [3, 6, 8, 1], dy: [3, 4, 3, 13] },
    attributes: { ...valid2d, filterShape: [3, 4, 1, 13] },
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
    kernel: "MaxPoolGrad",
    fault: "wrong",
    inputs: { dy: [2, 3, 4, 7], input: [2, 5, 7, 7], output: [2, 3, 4, 7] },
    attributes: { filterSize: [3, 3], strides: [2, 2], pad: "same" },
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
    kernel: "Conv2DBackpropInput",
    fault: "slow",
    inputs: { dy: [3, 4, 3, 13], filter: [3, 4, 5, 13] },
    attributes: { ...valid2d, inputShape: [3, 6, 9, 5] },
  },
  {
    kernel: "Conv2D",
    fault: "slow",
    inputs: { x: [2, 5, 4, 3], filter: [3, 2, 3, 6] },
    attributes: forward2d,
  },
  {
    kernel: "FusedConv2D",
    fault: "slow",
    inputs: { x: [3, 6, 9, 1], filter: [3, 4, 1, 13], bias: [13] },
    attributes: { ...valid2d, dilations: [1, 1], activation: "linear" },
  },
  {
    kernel: "FusedConv2D",
    fault: "slow",
    inputs: { x: [2, 5, 4, 3], filter: [3, 2, 3, 6], bias: [6] },
    attributes: { ...forward2d, activation: "relu" },
  },
  {
    kernel: "FusedConv2D",
    fault: "slow",
    inputs: { x: [2, 5, 4, 3], filter: [3, 2, 3, 6], bias: [6] },
    attributes: { ...forward2d, activation: "relu6" },
  },
  {
    kernel: "Conv2D",
    fault: "slow",
    inputs: { x: [1, 7, 7, 2], filter: [3, 3, 2, 4] },
    attributes: { ...forward2d, strides: [1, 1], dilations: [2, 2] },
  },
  {
    kernel: "BatchMatMul",
    fault: "slow",
    inputs: { a: [2, 5, 3], b: [2, 4, 5] },
    attributes: { transposeA: true, transposeB: true },
  },
  {
    kernel: "BatchMatMul",
    fault: "slow",
    inputs: { a: [1, 6, 5], b: [3, 5, 11] },
    attributes: { transposeA: false, transposeB: false },
  },
  {
    kernel: "BatchMatMul",
    fault: "slow",
    inputs: { a: [2, 1, 5], b: [2, 7, 5] },
    attributes: { transposeA: false, transposeB: true },
  },
  { kernel: "Sum", fault: "slow", inputs: { x: [4, 3, 5] }, attributes: { axis: [0, 1], keepDims: false } },
  { kernel: "Sum", fault: "slow", inputs: { x: [4, 3, 5] }, attributes: { axis: [0], keepDims: true } },
  { kernel: "Sum", fault: "slow", inputs: { x: [9000, 6] }, attributes: { axis: [0], keepDims: false } },
  { kernel: "Sum", fault: "slow", inputs: { x: [4, 3, 5] }, attributes: { axis: [1, 2], keepDims: false } },
  { kernel: "Tanh", fault: "slow", inputs: { x: [40, 30] }, attributes: {} },
  { kernel: "Tanh", fault: "slow", inputs: { x: [3] }, attributes: {} },
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

/** The largest difference, in parts of a value that is above 1. */
function largestDifference(got: Float32Array, want: Float32Array): number {
  return got.reduce((largest, value, i) => {
    const wanted = want[i] ?? Number.NaN;
    return Math.max(largest, Math.abs(value - wanted) / Math.max(1, Math.abs(wanted)));
  }, 0);
}

/** Runs `work` as it would be run where kernels cannot reach the memory of tfjs. */
async function withoutVectors<T>(work: () => Promise<T>): Promise<T> {
  const { wasm } = wasmBackend();
  const { asm } = wasm;
  // Emscripten looks functions up in `asm` when they are first called.
  Reflect.set(wasm, "asm", { ...asm, memory: undefined });
  try {
    expect(heapFunctionsOf(wasmBackend())).toBeUndefined();
    return await work();
  } finally {
    Reflect.set(wasm, "asm", asm);
  }
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

  test.for(cases)("$kernel, which tfjs has $fault, is right with vectors and without", async (given) => {
    const want = judged.get(given);
    const before = tf.memory().numTensors;
    for (const got of [await run(given), await withoutVectors(() => run(given))]) {
      expect(got.shape).toEqual(want?.shape);
      expect(largestDifference(got.values, want?.values ?? new Float32Array())).toBeLessThan(1e-5);
    }
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
    const want = Array.from(x.data, (value) => Math.tanh(value));
    const compute = async () => tf.tidy(() => tf.tanh(tf.tensor(x.data)).dataSync());
    for (const got of [await compute(), await withoutVectors(compute)]) {
      const far = want.filter(
        (value, i) => !(Math.abs(value - Number(got.at(i))) <= 4e-7) && !Object.is(value, got.at(i)),
      );
      expect(far).toEqual([]);
    }
  });

  test("Tanh stays within -1 and 1, and within 4e-7 of the value", () => {
    const x = Float32Array.from({ length: 20001 }, (_, i) => (i - 10000) / 1000);
    const got = tf.tidy(() => tf.tanh(tf.tensor(x)).dataSync());
    expect(got.every((value) => Math.abs(value) <= 1)).toBe(true);
    expect(largestDifference(Float32Array.from(got), x.map(Math.tanh))).toBeLessThan(4e-7);
  });

  test("MaxPoolGrad gives of equal maxima the first the gradient, and windows of nothing none", async () => {
    // Channels 0 to 4 of two windows side by side, 1 x 2 pixels each.
    const nothing = Number.NEGATIVE_INFINITY;
    const pixels = [
      [1, 2, nothing, -3, 5],
      [1, 1, nothing, -2, 5],
      [0, nothing, 7, Number.NaN, 4],
      [0, -9, 8, 1, 3],
    ];
    const compute = async () =>
      tf.tidy(() => {
        const input = tf.tensor4d(pixels.flat(), [1, 1, 4, 5]);
        const dy = tf.tensor4d([10, 20, 30, 40, 50, 1, 2, 3, 4, 5], [1, 1, 2, 5]);
        const inputs = { dy, input, output: dy };
        const attributes = { filterSize: [1, 2], strides: [1, 2], pad: "valid" };
        return tf.engine().runKernel<tf.Tensor>("MaxPoolGrad", inputs, attributes).reshape([4, 5]).arraySync();
      });
    for (const got of [await compute(), await withoutVectors(compute)]) {
      expect(got).toEqual([
        [10, 20, 0, 0, 50],
        [0, 0, 0, 40, 0],
        [1, 0, 0, 0, 5],
        [0, 2, 3, 4, 0],
      ]);
    }
  });

  test("empty tensors are left as they are", () => {
    const shapes = tf.tidy(() => [
      tf.tanh(tf.zeros([0, 3])).shape,
      tf.sum(tf.zeros([0, 3]), 0).arraySync(),
      tf.matMul(tf.zeros([0, 3]), tf.zeros([3, 2])).shape,
    ]);
    expect(shapes).toEqual([
      [0, 3],
      [0, 0, 0],
      [0, 2],
    ]);
  });

  test("200 training steps leave tensors and heap as they were", () => {
    const heap = () => wasmBackend().wasm.HEAPU8.length;
    const images = tf.randomNormal<tf.Rank.R4>([10, 12, 12, 3]);
    const filter = tf.variable(tf.randomNormal<tf.Rank.R4>([5, 5, 3, 6]));
    const matrix = tf.variable(tf.randomNormal<tf.Rank.R2>([96, 7]));
    const optimizer = tf.train.sgd(1e-3);
    const step = () =>
      optimizer.minimize(() => {
        const maps = tf.tanh(tf.conv2d(images, filter as tf.Tensor4D, 1, "valid")) as tf.Tensor4D;
        const flat = tf.reshape(tf.maxPool(maps, 2, 2, "valid"), [10, 96]);
        return tf.mean(tf.square(tf.matMul(flat, matrix))) as tf.Scalar;
      });
    for (let i = 0; i < 20; i++) step();
    const before = { ...tf.memory(), heap: heap() };
    for (let i = 0; i < 200; i++) step();
    expect({ ...tf.memory(), heap: heap() }).toEqual(before);
    tf.dispose([images, filter, matrix]);
    optimizer.dispose();
  });
});
