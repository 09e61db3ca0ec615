import { gzipSync } from "node:zlib";
import { FormatError, ShapeError, ValueError } from "@mxgraft/base";
import { MNISTIter, type MNISTIterOptions } from "@mxgraft/data";
import { readIdx } from "@mxgraft/files";
import { describe, expect, test, vi } from "vitest";
import { digitFiles, pixelOf } from "./digit-files.ts";

const FILES = digitFiles(23);

function open(options: MNISTIterOptions): MNISTIter {
  return new MNISTIter({ ...FILES, batchSize: 5, shuffle: false, ...options });
}

function labelsOf(iter: MNISTIter): number[][] {
  return Array.from(iter, ({ label }) => Array.from(label[0]?.data ?? [], Number));
}

describe("gives the labels that MXNet 1.9.1 gave for files of the same sizes", () => {
  // Recorded with mx.io.MNISTIter on 23 images of 4 x 3 whose labels are 0..22.
  const whole = [0, 5, 10, 15].map((start) => Array.from({ length: 5 }, (_, i) => start + i));
  test.for<{ name: string; options: MNISTIterOptions; labels: number[][]; shape: number[] }>([
    { name: "no options", options: {}, labels: whole, shape: [5, 1, 4, 3] },
    { name: "flat", options: { flat: true }, labels: whole, shape: [5, 12] },
    { name: "part 1 of 3", options: { numParts: 3, partIndex: 1 }, labels: [[7, 8, 9, 10, 11]], shape: [5, 1, 4, 3] },
    {
      name: "part 2 of 3",
      options: { numParts: 3, partIndex: 2 },
      labels: [[15, 16, 17, 18, 19]],
      shape: [5, 1, 4, 3],
    },
  ])("$name", ({ options, labels, shape }) => {
    const iter = open(options);
    expect(iter.provideData).toEqual([{ name: "data", shape, dtype: "float32", layout: "NCHW" }]);
    expect(iter.provideLabel).toEqual([{ name: "softmax_label", shape: [5], dtype: "float32", layout: "NCHW" }]);
    expect(labelsOf(iter)).toEqual(labels);
    expect(iter.next()).toBeUndefined();
    iter.reset();
    expect(labelsOf(iter)).toEqual(labels);
  });
});

test.for([
  { name: "bytes", files: FILES },
  { name: "packed bytes", files: { image: gzipSync(FILES.image), label: gzipSync(FILES.label) } },
  { name: "arrays", files: { image: readIdx(FILES.image), label: readIdx(FILES.label) } },
])("gives pixel / 256, the label and the row of each image, from $name", ({ files }) => {
  const iter = new MNISTIter({ ...files, batchSize: 4, seed: 3 });
  const seen: number[] = [];
  for (const { data, label, index, pad } of iter) {
    expect(pad).toBe(0);
    expect(data[0]?.shape).toEqual([4, 1, 4, 3]);
    const images = Array.from(index ?? []);
    expect(Array.from(label[0]?.data ?? [], Number)).toEqual(images);
    const expected = images.flatMap((image) => Array.from({ length: 12 }, (_, at) => pixelOf(image, at)));
    expect(Array.from(data[0]?.data ?? [], Number)).toEqual(expected);
    seen.push(...images);
  }
  expect(new Set(seen).size).toBe(20);
  expect(seen).not.toEqual(seen.toSorted((a, b) => a - b));
});

test("takes the rows of a range, and parts of it", () => {
  expect(labelsOf(open({ range: [8, 20] }))).toEqual([
    [8, 9, 10, 11, 12],
    [13, 14, 15, 16, 17],
  ]);
  expect(labelsOf(open({ range: [8, 20], numParts: 2, partIndex: 1 }))).toEqual([[14, 15, 16, 17, 18]]);
});

test("shuffles once as MXNet does, or at every reset when asked to", () => {
  const epochs = (options: MNISTIterOptions) => {
    const iter = open({ shuffle: true, seed: 4, ...options });
    return Array.from({ length: 3 }, () => {
      const labels = labelsOf(iter);
      iter.reset();
      return labels.flat();
    });
  };
  const [first, second, third] = epochs({});
  expect(second).toEqual(first);
  expect(third).toEqual(first);
  const [a, b, c] = epochs({ reshuffle: true });
  expect(a).toEqual(first);
  expect(b).not.toEqual(a);
  expect(c).not.toEqual(b);
});

test("goes on from a saved state with the batches that were left, this epoch and the next", () => {
  const iter = open({ shuffle: true, reshuffle: true, seed: 6 });
  labelsOf(iter);
  iter.reset();
  iter.next();
  const resumed = open({ shuffle: true, reshuffle: true, seed: 99 });
  resumed.restore(JSON.parse(JSON.stringify(iter.state())));
  expect(labelsOf(resumed)).toEqual(labelsOf(iter));
  iter.reset();
  resumed.reset();
  expect(labelsOf(resumed)).toEqual(labelsOf(iter));
});

test("says what it read when it is not silent, in MXNet's words", () => {
  const info = vi.spyOn(console, "info").mockImplementation(() => {});
  open({ silent: false });
  expect(info.mock.calls).toEqual([["MNISTIter: load 23 images, shuffle=0, shape=(5, 1, 4, 3)"]]);
  info.mockRestore();
});

describe("refuses", () => {
  const empty = new Uint8Array(0);
  test.for<{
    name: string;
    options: MNISTIterOptions & Partial<typeof FILES>;
    error: typeof FormatError;
    message: string;
  }>([
    {
      name: "an empty file",
      options: { image: empty },
      error: FormatError,
      message: "image: is empty, expected an idx file such as MNIST's.",
    },
    {
      name: "a truncated file",
      options: { image: FILES.image.subarray(0, 100) },
      error: FormatError,
      message: "image: elements at byte 16 take 276 bytes for shape (23, 4, 3); the file ends 192 bytes short.",
    },
    {
      name: "swapped files",
      options: { image: FILES.label, label: FILES.image },
      error: ShapeError,
      message:
        "image: holds uint8 of shape (23,), expected images: uint8 (count, height, width). Are image and label file swapped?",
    },
    {
      name: "images as labels",
      options: { label: FILES.image },
      error: ShapeError,
      message: "label: has shape (23, 4, 3), expected labels (count,).",
    },
    {
      name: "files of two pairs",
      options: { label: digitFiles(22).label },
      error: ShapeError,
      message: "image has 23 images, but label has 22 labels. They are not of one pair.",
    },
    {
      name: "a batch larger than the data",
      options: { batchSize: 30 },
      error: ValueError,
      message: "batchSize is 30, expected an integer from 1 to 23, the number of images.",
    },
    {
      name: "a range beyond the end",
      options: { range: [0, 24] },
      error: ValueError,
      message: "range 0:24 is not within the 23 images; expected from < to <= 23.",
    },
    {
      name: "a part that is not there",
      options: { numParts: 2, partIndex: 2 },
      error: ValueError,
      message: "partIndex 2 of numParts 2 is not known, expected 0 to numParts - 1.",
    },
    {
      name: "another input shape",
      options: { inputShape: [784] },
      error: ShapeError,
      message: "inputShape is (784,), but the images have shape (1, 4, 3).",
    },
  ])("$name", ({ options, error, message }) => {
    const make = () => open(options);
    expect(make).toThrow(error);
    expect(make).toThrow(message);
  });
});
