import { ShapeError, UsageError } from "@mxgraft/base";
import { expect, test } from "vitest";
import { type ImageArrayOptions, type ImagePixels, imageArray } from "../src/model/image-array.ts";

/** Two pixels side by side. */
const image: ImagePixels = { width: 2, height: 1, channels: 3, data: Uint8Array.of(10, 20, 30, 40, 50, 60) };

const cases: readonly {
  name: string;
  options: ImageArrayOptions;
  shape: readonly number[];
  values: readonly number[];
}[] = [
  { name: "channel by channel", options: {}, shape: [1, 3, 1, 2], values: [10, 40, 20, 50, 30, 60] },
  {
    name: "pixel by pixel",
    options: { layout: "NHWC" },
    shape: [1, 1, 2, 3],
    values: [10, 20, 30, 40, 50, 60],
  },
  {
    name: "blue first, with numbers for each channel in that order",
    options: { color: "bgr", mean: [30, 20, 10], std: [1, 2, 3], scale: 2 },
    shape: [1, 3, 1, 2],
    values: [0, 60, 0, 30, 0, 20],
  },
  {
    // 0.299 * 10 + 0.587 * 20 + 0.114 * 30 = 18.15, and 48.15.
    name: "gray",
    options: { color: "gray", mean: [8], std: [10] },
    shape: [1, 1, 1, 2],
    values: [1, 4],
  },
];
test.for(cases)("$name", ({ options, shape, values }) => {
  const array = imageArray([image], options);
  expect(array.shape).toEqual(shape);
  expect([...array.data]).toEqual(values);
});

test("several images are a batch; alpha is left out", () => {
  const clear: ImagePixels = { width: 2, height: 1, channels: 4, data: Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 0) };
  const array = imageArray([image, clear]);
  expect(array.shape).toEqual([2, 3, 1, 2]);
  expect([...array.data].slice(6)).toEqual([1, 4, 2, 5, 3, 6]);
});

test("what does not fit is named", () => {
  expect(() => imageArray([])).toThrow(ShapeError);
  expect(() => imageArray([image, { ...image, width: 1, height: 2 }])).toThrow(
    "Image 1 has 1 x 2 pixels, image 0 has 2 x 1.",
  );
  expect(() => imageArray([image], { mean: [1, 2] })).toThrow(UsageError);
  expect(() => imageArray([image], { color: "gray", std: [1, 2, 3] })).toThrow(
    '"std" has 3 numbers for images of 1 channel, expected 1.',
  );
});
