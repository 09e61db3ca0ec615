import { loadNativeOperators, setBackend, type TensorId, tfjsNodeBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";

await setBackend("tensorflow").catch(() => undefined);
const state = tf.getBackend() === "tensorflow" ? loadNativeOperators("training") : undefined;
if (!state?.available) console.log(`skipped: native operators "training": ${state?.reason ?? "no tensorflow"}`);

const LOWEST = -3.4028234663852886e38;

interface Pooled {
  readonly kernel: [number, number];
  readonly strides: [number, number];
  /** Above, below, left and right. */
  readonly rows: [number, number, number, number];
}

function execute(name: string, inputs: readonly tf.Tensor[], outputs: number, facts: object): tf.Tensor[] {
  const backend = tfjsNodeBackend();
  const { binding } = backend;
  const attributes = Object.entries(facts).map(([key, value]) => {
    return { name: key, type: typeof value === "boolean" ? binding.TF_ATTR_BOOL : binding.TF_ATTR_INT, value };
  });
  const ids: TensorId[] = backend.getInputTensorIds([...inputs]);
  return binding.executeOp(name, attributes, ids, outputs).map((result) => backend.createOutputTensor(result));
}

function pool(data: tf.Tensor4D, pooled: Pooled): [tf.Tensor4D, tf.Tensor4D] {
  const [output, places] = execute("MxgraftMaxPool", [data], 2, { ...pooled, keeps: true });
  if (output === undefined || places === undefined) throw new Error("the operator gave nothing");
  return [output as tf.Tensor4D, places as tf.Tensor4D];
}

function spread(places: tf.Tensor, gradient: tf.Tensor, sizes: readonly number[], pooled: Pooled): tf.Tensor {
  const [data] = execute("MxgraftMaxPoolGradient", [places, gradient], 1, { ...pooled, sizes });
  if (data === undefined) throw new Error("the operator gave nothing");
  return data;
}

const numbers = (tensor: tf.Tensor) => [...tensor.dataSync()];
/** The same numbers in eight channels. */
const inChannels = (values: readonly number[], [height, width]: [number, number]) =>
  tf.tile(tf.tensor4d([...values], [1, height, width, 1]), [1, 1, 1, 8]) as tf.Tensor4D;
const firstChannel = (tensor: tf.Tensor) => numbers(tf.slice(tensor, [0, 0, 0, 0], [1, -1, -1, 1]));

interface Case {
  readonly name: string;
  readonly data: [number, number, number, number];
  readonly kernel: [number, number];
  readonly strides?: [number, number];
  readonly rows?: [number, number, number, number];
}

const cases: readonly Case[] = [
  { name: "windows side by side", data: [3, 6, 8, 16], kernel: [2, 2], strides: [2, 2] },
  { name: "channels that do not fill registers", data: [5, 4, 4, 21], kernel: [2, 2], strides: [2, 2] },
  { name: "windows that overlap", data: [2, 7, 9, 8], kernel: [3, 3], strides: [2, 2], rows: [1, 1, 1, 1] },
  { name: "one image, many channels", data: [1, 5, 6, 75], kernel: [3, 2], strides: [1, 2], rows: [1, 0, 0, 1] },
  { name: "rows that windows leave out", data: [2, 7, 8, 9], kernel: [2, 3], strides: [2, 3] },
  { name: "a window as large as the data", data: [4, 5, 3, 10], kernel: [5, 3] },
];

// TensorFlow's own pooling is the oracle.
describe.skipIf(!state?.available)("native max pooling", () => {
  test.for(cases)("$name", ({ data: shape, kernel, strides = [1, 1], rows = [0, 0, 0, 0] }) => {
    tf.tidy(() => {
      const pooled: Pooled = { kernel, strides, rows };
      const data: tf.Tensor4D = tf.randomNormal(shape, 0, 1, "float32", 1);
      const [top, bottom, left, right] = rows;
      const theirs = (x: tf.Tensor) => {
        const around: Parameters<typeof tf.pad4d>[1] = [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ];
        return tf.maxPool(tf.pad4d(tf.reshape<tf.Rank.R4>(x, shape), around, LOWEST), kernel, strides, "valid");
      };
      const expected = theirs(data);
      const [output, places] = pool(data, pooled);
      expect(output.shape).toEqual(expected.shape);
      expect(numbers(output)).toEqual(numbers(expected));
      const dy: tf.Tensor4D = tf.randomNormal(expected.shape, 0, 1, "float32", 2);
      const dx = tf.grad(theirs)(data, dy);
      const own = spread(places, dy, shape.slice(1, 3), pooled);
      expect(own.shape).toEqual(shape);
      const worst = tf.max(tf.abs(tf.sub(own, dx))).dataSync()[0];
      expect(worst).toBeLessThan(1e-6);
    });
  });

  // MXNet begins with the lowest number and takes what is greater: the first of equal ones, and never NaN.
  test.for([
    { name: "the first of equal numbers", data: [3, 5, 5, 1], output: 5, place: 1, gradient: [0, 2, 0, 0] },
    { name: "NaN is passed over", data: [Number.NaN, 1, 0, Number.NaN], output: 1, place: 1, gradient: [0, 2, 0, 0] },
    { name: "nothing but NaN", data: Array(4).fill(Number.NaN), output: LOWEST, place: -1, gradient: [0, 0, 0, 0] },
    { name: "infinity", data: [0, Infinity, 1, 2], output: Infinity, place: 1, gradient: [0, 2, 0, 0] },
  ])("$name", ({ data, output, place, gradient }) => {
    const pooled: Pooled = { kernel: [2, 2], strides: [2, 2], rows: [0, 0, 0, 0] };
    const [own, places] = pool(inChannels(data, [2, 2]), pooled);
    expect([...firstChannel(own), ...firstChannel(places)]).toEqual([output, place]);
    expect(firstChannel(spread(places, inChannels([2], [1, 1]), [2, 2], pooled))).toEqual(gradient);
  });

  test("a window of padding alone has the lowest number, and gives no gradient", () => {
    const pooled: Pooled = { kernel: [1, 1], strides: [1, 1], rows: [1, 0, 0, 0] };
    const [own, places] = pool(inChannels([7], [1, 1]), pooled);
    expect([...firstChannel(own), ...firstChannel(places)]).toEqual([LOWEST, 7, -1, 0]);
    expect(firstChannel(spread(places, inChannels([2, 3], [2, 1]), [1, 1], pooled))).toEqual([3]);
  });

  test.for([
    { name: "few channels", data: [1, 2, 2, 7], kernel: [2, 2], message: "data has 7 channels, expected 8 or more" },
    {
      name: "a window that does not fit",
      data: [1, 2, 2, 8],
      kernel: [3, 2],
      message: "a window of 3 x 2 does not fit",
    },
  ] as const)("refuses $name", ({ data, kernel: [y, x], message }) => {
    expect(() => pool(tf.ones([...data]), { kernel: [y, x], strides: [1, 1], rows: [0, 0, 0, 0] })).toThrow(message);
  });

  test("refuses places of another shape than the gradient", () => {
    const pooled: Pooled = { kernel: [2, 2], strides: [2, 2], rows: [0, 0, 0, 0] };
    const [places, dy] = [tf.zeros([1, 1, 1, 8], "int32"), tf.zeros([1, 1, 2, 8])];
    expect(() => spread(places, dy, [2, 2], pooled)).toThrow("places or gradient is [1,1,2,8], expected [1,1,1,8]");
  });
});
