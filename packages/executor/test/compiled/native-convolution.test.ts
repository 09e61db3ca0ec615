import { loadNativeOperators, setBackend, type TensorId, tfjsNodeBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";

await setBackend("tensorflow").catch(() => undefined);
const state = tf.getBackend() === "tensorflow" ? loadNativeOperators("training") : undefined;
if (!state?.available) console.log(`skipped: native operators "training": ${state?.reason ?? "no tensorflow"}`);

type Four = [number, number, number, number];

interface Convolved {
  readonly data: tf.Tensor4D;
  readonly filter: tf.Tensor4D;
  readonly strides: [number, number];
  readonly pads: [number, number];
}

function execute(name: string, inputs: readonly tf.Tensor[], outputs: number, facts: object): tf.Tensor[] {
  const backend = tfjsNodeBackend();
  const { binding } = backend;
  const typeOf = (key: string, value: unknown) => {
    if (typeof value === "boolean") return binding.TF_ATTR_BOOL;
    return key === "floor" ? binding.TF_ATTR_FLOAT : binding.TF_ATTR_INT;
  };
  const attributes = Object.entries(facts).map(([name, value]) => ({ name, type: typeOf(name, value), value }));
  const ids: TensorId[] = backend.getInputTensorIds([...inputs]);
  return binding.executeOp(name, attributes, ids, outputs).map((result) => backend.createOutputTensor(result));
}

function forward({ data, filter, strides, pads }: Convolved, bias: tf.Tensor): tf.Tensor {
  const [output] = execute("MxgraftConvolution", [data, filter, bias], 1, { strides, pads });
  if (output === undefined) throw new Error("the operator gave nothing");
  return output;
}

function gradients({ data, filter, strides, pads }: Convolved, dy: tf.Tensor, wantsData: boolean): tf.Tensor[] {
  const facts = { strides, pads, wants_data: wantsData };
  return execute("MxgraftConvolutionGradients", [data, filter, dy], 3, facts);
}

/** The convolution with its filter packed for tiles, `residual` added and what is below `floor` cut off. */
function fused(convolved: Convolved, bias: tf.Tensor, residual: tf.Tensor, floor: number, tile = 1): tf.Tensor {
  const { data, filter, strides, pads } = convolved;
  const [packed] = execute("MxgraftPackFilter", [filter], 1, { tile });
  if (packed === undefined) throw new Error("the operator gave nothing");
  const [height, width, , filters] = filter.shape;
  const facts = { strides, pads, kernel: [height, width], filters, tile, floor };
  const [output] = execute("MxgraftFusedConvolution", [data, packed, bias, residual], 1, facts);
  if (output === undefined) throw new Error("the operator gave nothing");
  return output;
}

function padded(data: tf.Tensor4D, [y, x]: readonly [number, number]): tf.Tensor4D {
  return tf.pad4d(data, [
    [0, 0],
    [y, y],
    [x, x],
    [0, 0],
  ]);
}

const numbers = (tensor: tf.Tensor | undefined) => [...(tensor?.dataSync() ?? [])];

/** @param tolerance  times the largest number. */
function expectClose(actual: tf.Tensor | undefined, expected: tf.Tensor, tolerance = 2e-6): void {
  expect(actual?.shape).toEqual(expected.shape);
  const [own, theirs] = [numbers(actual), numbers(expected)];
  const largest = theirs.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = own.reduce((most, value, i) => Math.max(most, Math.abs(value - (theirs[i] ?? Number.NaN))), 0);
  expect(worst).toBeLessThan(tolerance * largest);
}

interface Case {
  readonly name: string;
  readonly data: Four;
  readonly filter: Four;
  readonly strides?: [number, number];
  readonly pads?: [number, number];
}

const cases: readonly Case[] = [
  { name: "one channel, a part of a register", data: [3, 9, 7, 1], filter: [3, 3, 1, 5] },
  { name: "whole registers", data: [2, 6, 6, 8], filter: [3, 3, 8, 16] },
  { name: "several panels and a part", data: [2, 7, 6, 20], filter: [5, 5, 20, 50] },
  { name: "more filters than registers", data: [1, 5, 5, 3], filter: [2, 3, 3, 67] },
  { name: "strides that leave rows out", data: [4, 8, 10, 3], filter: [3, 2, 3, 9], strides: [2, 3] },
  { name: "zeros around", data: [2, 5, 6, 4], filter: [3, 3, 4, 6], pads: [1, 1] },
  { name: "strides and zeros, not alike", data: [5, 9, 8, 2], filter: [5, 3, 2, 12], strides: [2, 1], pads: [2, 1] },
  { name: "more images than parts", data: [37, 4, 4, 2], filter: [2, 2, 2, 3] },
  { name: "one point", data: [2, 4, 4, 12], filter: [1, 1, 12, 10] },
  { name: "one point, long rows", data: [1, 3, 30, 4], filter: [1, 1, 4, 7] },
  { name: "more filters than numbers of data", data: [1, 4, 4, 16], filter: [3, 3, 16, 130], pads: [1, 1] },
  { name: "rows of tiles that are not alike", data: [2, 9, 19, 3], filter: [1, 1, 3, 24] },
];

/** For Winograd's algorithm: kernels of 3 x 3, strides of 1, eight channels or more. */
const tiledCases: readonly Case[] = [
  { name: "whole tiles", data: [2, 10, 10, 16], filter: [3, 3, 16, 24] },
  { name: "tiles that reach beyond the output", data: [3, 9, 12, 8], filter: [3, 3, 8, 16], pads: [1, 1] },
  { name: "less than a tile", data: [1, 3, 4, 8], filter: [3, 3, 8, 8] },
  { name: "parts of registers", data: [2, 7, 8, 13], filter: [3, 3, 13, 21], pads: [1, 0] },
  { name: "more zeros around than a kernel", data: [1, 4, 5, 9], filter: [3, 3, 9, 3], pads: [4, 7] },
  { name: "more tiles than meet at once", data: [5, 30, 30, 128], filter: [3, 3, 128, 33], pads: [1, 1] },
  { name: "filters larger than data", data: [1, 4, 4, 64], filter: [3, 3, 64, 200], pads: [1, 1] },
];

// TensorFlow's own convolutions are the oracle.
describe.skipIf(!state?.available)("native convolution", () => {
  test("adds products and bias: worked by hand", () => {
    // [1 2; 3 4] * [10 1; 0 2] = 10 + 2 + 8
    const data = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    const filter = tf.tensor4d([10, 1, 0, 2], [2, 2, 1, 1]);
    const convolved: Convolved = { data, filter, strides: [1, 1], pads: [0, 0] };
    expect(numbers(forward(convolved, tf.tensor1d([0.5])))).toEqual([20.5]);
    expect(numbers(forward(convolved, tf.tensor1d([])))).toEqual([20]);
    const given = gradients(convolved, tf.tensor4d([3], [1, 1, 1, 1]), true);
    expect(given.map(numbers)).toEqual([[30, 3, 0, 6], [3, 6, 9, 12], [3]]);
    expect(gradients(convolved, tf.tensor4d([3], [1, 1, 1, 1]), false).map(numbers)[0]).toEqual([]);
    const residual = tf.tensor4d([-30], [1, 1, 1, 1]);
    expect(numbers(fused(convolved, tf.tensor1d([0.5]), residual, Number.NEGATIVE_INFINITY))).toEqual([-9.5]);
    expect(numbers(fused(convolved, tf.tensor1d([0.5]), residual, 0))).toEqual([0]);
  });

  test("a fused relu keeps NaN, as TensorFlow's does", () => {
    const data = tf.tensor4d([Number.NaN, 1], [1, 1, 2, 1]);
    const convolved: Convolved = { data, filter: tf.tensor4d([-1], [1, 1, 1, 1]), strides: [1, 1], pads: [0, 0] };
    const none = tf.tensor1d([]);
    expect(numbers(fused(convolved, none, none, 0))).toEqual([Number.NaN, 0]);
  });

  test("equal calls give equal numbers, whichever thread takes which part", () => {
    const data: tf.Tensor4D = tf.randomNormal([4, 12, 12, 8], 0, 1, "float32", 6);
    const filter: tf.Tensor4D = tf.randomNormal([3, 3, 8, 40], 0, 1, "float32", 7);
    const convolved: Convolved = { data, filter, strides: [1, 1], pads: [1, 1] };
    const expected = numbers(forward(convolved, tf.tensor1d([])));
    for (let i = 0; i < 20; i++) expect(numbers(forward(convolved, tf.tensor1d([])))).toEqual(expected);
  });

  test.for([
    { name: "a residual of another shape", residual: [1, 2, 1, 1], filter: [1, 1, 1, 1], message: "the residual is" },
    { name: "a bias of another length", bias: 3, filter: [1, 1, 1, 2], message: "bias has 3 numbers" },
  ] as const)("a fused convolution refuses $name", ({ filter, message, ...others }) => {
    const convolved: Convolved = {
      data: tf.ones([1, 1, 1, 1]),
      filter: tf.ones([...filter]),
      strides: [1, 1],
      pads: [0, 0],
    };
    const bias = tf.ones(["bias" in others ? others.bias : filter[3]]);
    const residual = "residual" in others ? tf.ones([...others.residual]) : tf.tensor1d([]);
    expect(() => fused(convolved, bias, residual, 0)).toThrow(message);
  });

  test("a fused convolution refuses a filter that was packed for another size", () => {
    const facts = { strides: [1, 1], pads: [0, 0], kernel: [2, 2], filters: 1, tile: 1, floor: 0 };
    const none = tf.tensor1d([]);
    expect(() =>
      execute("MxgraftFusedConvolution", [tf.ones([1, 2, 2, 1]), tf.ones([8]), none, none], 1, facts),
    ).toThrow("the packed filter has 8 numbers, expected 32");
  });

  test.for(tiledCases.flatMap((own) => [2, 4].map((tile) => ({ ...own, tile }))))(
    "tiles of $tile: $name",
    ({ data: dataShape, filter: filterShape, pads = [0, 0], tile }) => {
      tf.tidy(() => {
        const data: tf.Tensor4D = tf.randomNormal(dataShape, 0, 1, "float32", 1);
        const filter: tf.Tensor4D = tf.randomNormal(filterShape, 0, 1, "float32", 2);
        const bias = tf.randomNormal([filterShape[3]], 0, 1, "float32", 3);
        const none = tf.tensor1d([]);
        const convolved: Convolved = { data, filter, strides: [1, 1], pads };
        const sums = tf.conv2d(padded(data, pads), filter, 1, "valid");
        const residual = tf.randomNormal(sums.shape, 0, 1, "float32", 5);
        expectClose(fused(convolved, none, none, Number.NEGATIVE_INFINITY, tile), sums, 6e-6);
        const all = tf.relu(tf.add(tf.add(sums, bias), residual));
        expectClose(fused(convolved, bias, residual, 0, tile), all, 6e-6);
      });
    },
  );

  test("tiles keep NaN where it is read", () => {
    const data = tf.buffer([1, 6, 6, 8]);
    data.set(Number.NaN, 0, 0, 0, 3);
    const filter: tf.Tensor4D = tf.ones([3, 3, 8, 1]);
    const none = tf.tensor1d([]);
    for (const tile of [2, 4]) {
      const convolved: Convolved = { data: data.toTensor() as tf.Tensor4D, filter, strides: [1, 1], pads: [0, 0] };
      expect(numbers(fused(convolved, none, none, 0, tile))[0]).toBeNaN();
    }
  });

  test.for([
    { name: "another size", filter: [3, 3, 8, 1], tile: 3, message: "tile is 3, expected 1, 2 or 4" },
    { name: "another kernel", filter: [3, 2, 8, 1], tile: 2, message: "the kernel is 3 x 2" },
    { name: "few channels", filter: [3, 3, 7, 1], tile: 4, message: "with 7 channels" },
  ] as const)("refuses tiles of $name", ({ filter, tile, message }) => {
    expect(() => execute("MxgraftPackFilter", [tf.ones([...filter])], 1, { tile })).toThrow(message);
  });

  test.for(cases)("$name", ({ data: dataShape, filter: filterShape, strides = [1, 1], pads = [0, 0] }) => {
    tf.tidy(() => {
      const data: tf.Tensor4D = tf.randomNormal(dataShape, 0, 1, "float32", 1);
      const filter: tf.Tensor4D = tf.randomNormal(filterShape, 0, 1, "float32", 2);
      const bias = tf.randomNormal([filterShape[3]], 0, 1, "float32", 3);
      const convolved: Convolved = { data, filter, strides, pads };
      const theirs = (a: tf.Tensor, b: tf.Tensor) =>
        tf.conv2d(
          padded(tf.reshape<tf.Rank.R4>(a, dataShape), pads),
          tf.reshape<tf.Rank.R4>(b, filterShape),
          strides,
          "valid",
        );
      const output: tf.Tensor4D = tf.add(theirs(data, filter), bias);
      expectClose(forward(convolved, bias), output);
      const none = tf.tensor1d([]);
      const residual = tf.randomNormal(output.shape, 0, 1, "float32", 5);
      expectClose(fused(convolved, bias, none, Number.NEGATIVE_INFINITY), output);
      expectClose(fused(convolved, bias, residual, 0), tf.relu(tf.add(output, residual)));
      expectClose(fused(convolved, none, residual, 0), tf.relu(tf.add(theirs(data, filter), residual)));
      const dy: tf.Tensor4D = tf.randomNormal(output.shape, 0, 1, "float32", 4);
      const dx = tf.grad((a: tf.Tensor) => theirs(a, filter))(data, dy);
      const dw = tf.grad((b: tf.Tensor) => theirs(data, b))(filter, dy);
      const own = gradients(convolved, dy, true);
      expectClose(own[0], dx);
      expectClose(own[1], dw);
      expectClose(own[2], tf.sum(dy, [0, 1, 2]));
      expect(gradients(convolved, dy, true).map(numbers)).toEqual(own.map(numbers));
    });
  });

  test.for([
    { name: "channels", data: [1, 4, 4, 2], filter: [2, 2, 3, 1], message: "do not fit" },
    { name: "size", data: [1, 2, 2, 2], filter: [3, 2, 2, 1], message: "does not fit into data" },
  ] as const)("refuses a filter of another $name", ({ data, filter, message }) => {
    const convolved: Convolved = {
      data: tf.ones([...data]),
      filter: tf.ones([...filter]),
      strides: [1, 1],
      pads: [0, 0],
    };
    expect(() => forward(convolved, tf.ones([1]))).toThrow(message);
  });
});
