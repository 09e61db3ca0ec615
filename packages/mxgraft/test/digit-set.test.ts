import { hostArray } from "@mxgraft/base";
import { expect, test } from "vitest";
import { digitSet, ShapeError, sliceDigits, ValueError } from "../src/index.ts";

const FILES = { images: "images.gz", labels: "labels.gz" };
const images = hostArray(
  "uint8",
  [3, 2, 2],
  Uint8Array.from({ length: 12 }, (_, i) => i),
);
const labels = hostArray("uint8", [3], Uint8Array.of(7, 0, 9));

const wrong = [
  {
    name: "swapped files",
    images: labels,
    labels: images,
    error: ShapeError,
    message: "images.gz: holds uint8 of shape (3,), expected images",
  },
  {
    name: "images that are not bytes",
    images: hostArray("float32", [3, 2, 2]),
    labels,
    error: ShapeError,
    message: "images.gz: holds float32 of shape (3, 2, 2), expected images: uint8 (count, height, width)",
  },
  {
    name: "labels with two axes",
    images,
    labels: hostArray("uint8", [3, 1]),
    error: ShapeError,
    message: "labels.gz: has shape (3, 1), expected labels (count,)",
  },
  {
    name: "fewer labels than images",
    images,
    labels: hostArray("uint8", [2]),
    error: ShapeError,
    message: "images.gz has 3 images, but labels.gz has 2 labels",
  },
  {
    name: "a label that is no digit",
    images,
    labels: hostArray("uint8", [3], Uint8Array.of(1, 10, 2)),
    error: ValueError,
    message: "labels.gz: label 1 is 10, expected a digit, 0 to 9",
  },
  {
    name: "a negative label",
    images,
    labels: hostArray("int32", [3], Int32Array.of(1, 2, -1)),
    error: ValueError,
    message: "labels.gz: label 2 is -1, expected a digit",
  },
];
test.for(wrong)("refuses $name", ({ images, labels, error, message }) => {
  expect(() => digitSet(images, labels, FILES)).toThrow(error);
  expect(() => digitSet(images, labels, FILES)).toThrow(message);
});

test("labels of any integer type become bytes", () => {
  const set = digitSet(images, hostArray("int32", [3], Int32Array.of(7, 0, 9)), FILES);
  expect(set.labels).toEqual(labels);
});

test("a slice is a view of its rows", () => {
  const slice = sliceDigits(digitSet(images, labels, FILES), [1, 3], "the range");
  expect(slice.images.shape).toEqual([2, 2, 2]);
  expect([...slice.images.data]).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
  expect([...slice.labels.data]).toEqual([0, 9]);
  expect(slice.images.data.buffer).toBe(images.data.buffer);
});

test.for([[0, 4] as const, [2, 2] as const, [3, 1] as const])("refuses the range %s:%s of three digits", (range) => {
  const set = digitSet(images, labels, FILES);
  expect(() => sliceDigits(set, range, "the test range")).toThrow(
    `the test range ${range[0]}:${range[1]} is not within the 3 digits there are: 0:3.`,
  );
});
