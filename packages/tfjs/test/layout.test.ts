import { type DType, float32Array, hostArray, type Shape } from "@mxgraft/base";
import { changeLayout, download, physicalShape, sameLayout, setBackend, upload } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";

const NHWC = [0, 2, 3, 1];
const HWIO = [2, 3, 1, 0];

/** 0, 1, 2, ... in MXNet's order. */
function counting(shape: Shape) {
  return float32Array(shape, [...Array(shape.reduce((size, axis) => size * axis, 1)).keys()]);
}

describe("upload and download", () => {
  test.for<[Shape, number[], number[]]>([
    // Two channels of a 1 x 3 picture lie pixel by pixel.
    [[1, 2, 1, 3], NHWC, [0, 3, 1, 4, 2, 5]],
    // One channel: nothing moves.
    [[2, 1, 1, 2], NHWC, [0, 1, 2, 3]],
    // Filters (O 2, I 1, H 1, W 2).
    [[2, 1, 1, 2], HWIO, [0, 2, 1, 3]],
  ])("%j in layout %j", async ([shape, layout, memory]) => {
    const array = counting(shape);
    const tensor = upload(array, layout);
    expect(tensor.shape).toEqual(physicalShape(shape, layout));
    expect([...tensor.dataSync()]).toEqual(memory);
    expect(await download(tensor, shape, "float32", layout)).toEqual(array);
    tensor.dispose();
  });

  test("does not keep the caller's memory", () => {
    const array = counting([3]);
    const tensor = upload(array);
    array.data[0] = 99;
    expect([...tensor.dataSync()]).toEqual([0, 1, 2]);
    tensor.dispose();
  });

  test.for<[DType, string]>([
    ["float64", "float32"],
    ["float16", "float32"],
    ["uint8", "int32"],
    ["int8", "int32"],
    ["int64", "int32"],
    ["bool", "bool"],
  ])("%s is kept as tfjs's %s and comes back as it was", async ([dtype, kept]) => {
    const array = hostArray(dtype, [2]);
    const tensor = upload(array);
    expect(tensor.dtype).toBe(kept);
    expect(await download(tensor, [2], dtype)).toEqual(array);
    tensor.dispose();
  });
});

const hasTensorflow = await setBackend("tensorflow").then(
  () => true,
  () => false,
);

beforeAll(async () => {
  await setBackend("cpu");
});

// TensorFlow shares arrays that begin at a multiple of 64 bytes; one in four of V8's does.
test.skipIf(!hasTensorflow)("on tensorflow no upload sees what is done to its array, or to the next one", async () => {
  await setBackend("tensorflow");
  const uploads = Array.from({ length: 32 }, (_, i) => {
    const array = float32Array(
      [1, 2, 1, 3],
      [0, 1, 2, 3, 4, 5].map((value) => value + 10 * i),
    );
    const [plain, ordered] = [upload(array), upload(array, NHWC)];
    array.data.fill(-1);
    return { plain, ordered };
  });
  for (const [i, { plain, ordered }] of uploads.entries()) {
    expect([...plain.dataSync()]).toEqual([0, 1, 2, 3, 4, 5].map((value) => value + 10 * i));
    expect([...ordered.dataSync()]).toEqual([0, 3, 1, 4, 2, 5].map((value) => value + 10 * i));
    tf.dispose([plain, ordered]);
  }
  await setBackend("cpu");
});

// Large enough that TensorFlow moves the numbers; the other way they come back one by one.
test.skipIf(!hasTensorflow)("on tensorflow a large array is laid out too, and leaves one tensor", async () => {
  await setBackend("tensorflow");
  const array = counting([3, 2, 160, 150]);
  const before = tf.memory().numTensors;
  const tensor = upload(array, NHWC);
  expect(tf.memory().numTensors).toBe(before + 1);
  expect(tensor.shape).toEqual([3, 160, 150, 2]);
  expect([...tf.slice(tensor, [2, 1, 4, 0], [1, 1, 1, 2]).dataSync()]).toEqual([96154, 120154]);
  expect(await download(tensor, array.shape, "float32", NHWC)).toEqual(array);
  tensor.dispose();
  await setBackend("cpu");
});

describe("changeLayout", () => {
  test.for<[string, number[] | undefined, number[] | undefined]>([
    ["from MXNet's order", undefined, NHWC],
    ["to MXNet's order", NHWC, undefined],
    ["between two others", HWIO, NHWC],
  ])("%s", async ([, from, to]) => {
    const array = counting([2, 3, 4, 5]);
    const source = upload(array, from);
    const changed = changeLayout(source, array.shape, from, to);
    expect(changed.shape).toEqual(physicalShape(array.shape, to));
    expect(await download(changed, array.shape, "float32", to)).toEqual(array);
    tf.dispose([source, changed]);
  });

  test("gives a tensor of its own even where nothing moves", () => {
    const source = upload(counting([2, 1, 1, 2]));
    const changed = changeLayout(source, [2, 1, 1, 2], undefined, NHWC);
    source.dispose();
    expect([...changed.dataSync()]).toEqual([0, 1, 2, 3]);
    changed.dispose();
  });
});

test("layouts are the same when their axes are", () => {
  expect(sameLayout(NHWC, [0, 2, 3, 1])).toBe(true);
  expect(sameLayout(NHWC, HWIO)).toBe(false);
  expect(sameLayout(undefined, undefined)).toBe(true);
  expect(sameLayout(undefined, NHWC)).toBe(false);
});
