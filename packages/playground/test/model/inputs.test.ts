import { describe, expect, test } from "vitest";
import { centerDrawing } from "../../src/model/center-drawing.ts";
import { imageShape } from "../../src/model/image-shape.ts";
import { parseShape } from "../../src/model/parse-shape.ts";
import { pixelInput } from "../../src/model/pixel-input.ts";
import { joinFiles, sortFiles } from "../../src/model/sort-files.ts";

test.for([
  { text: "1, 3, 224, 224", shape: [1, 3, 224, 224] },
  { text: " (1,3,8,8) ", shape: [1, 3, 8, 8] },
  { text: "[10]", shape: [10] },
  { text: "(1, 784,)", shape: [1, 784] },
  { text: "1 x 3 x 32 x 32", shape: [1, 3, 32, 32] },
  { text: "", shape: undefined },
  { text: "1, 0", shape: undefined },
  { text: "1, -3", shape: undefined },
  { text: "1, three", shape: undefined },
])("the shape in “$text”", ({ text, shape }) => {
  expect(parseShape(text)).toEqual(shape);
});

test.for([
  { shape: [1, 3, 32, 48], image: { channels: 3, height: 32, width: 48 } },
  { shape: [1, 784], image: { channels: 1, height: 28, width: 28 } },
  { shape: [1, 10], image: undefined },
  { shape: [2, 3, 32, 32], image: undefined },
  { shape: [1, 50, 100], image: undefined },
])("$shape as an image", ({ shape, image }) => {
  expect(imageShape(shape)).toEqual(image);
});

describe("pixels become", () => {
  const red = [255, 0, 0, 255];
  test.for([
    { name: "parts of 256 in three planes", channels: 3, scale: "unit", values: [255 / 256, 0, 0] },
    { name: "bytes", channels: 3, scale: "byte", values: [255, 0, 0] },
    { name: "brightness", channels: 1, scale: "byte", values: [0.299 * 255] },
    // (1 - 0.485) / 0.229, -0.456 / 0.224, -0.406 / 0.225
    { name: "distances from ImageNet's mean", channels: 3, scale: "imagenet", values: [2.2489, -2.0357, -1.8044] },
  ] as const)("$name", ({ channels, scale, values }) => {
    for (const [i, value] of pixelInput(red, channels, scale).entries()) expect(value).toBeCloseTo(values[i] ?? 0, 4);
  });
});

describe("a drawing", () => {
  const draw = (left: number, top: number, width: number, height: number) =>
    Uint8Array.from({ length: 100 * 100 }, (_, i) => {
      const [x, y] = [i % 100, Math.floor(i / 100)];
      return x >= left && x < left + width && y >= top && y < top + height ? 255 : 0;
    });

  test("in a corner goes to the middle, and fills MNIST's inner square", () => {
    const fit = centerDrawing(draw(3, 5, 20, 40), 100, 100, 28);
    expect(fit?.from).toEqual({ x: 3, y: 5, width: 20, height: 40 });
    expect(fit?.to).toEqual({ x: 9, y: 4, width: 10, height: 20 });
  });

  test("that is empty has no place", () => {
    expect(centerDrawing(new Uint8Array(100), 10, 10, 28)).toBeUndefined();
  });
});

test.for([
  { names: ["a-symbol.json", "a-0001.params"], found: ["a-symbol.json", "a-0001.params"] },
  { names: ["a-0001.params"], found: [undefined, "a-0001.params"] },
  { names: ["a.json", "notes.txt"], found: ["a.json", undefined] },
  { names: ["notes.txt", "cat.jpg"], found: [undefined, undefined, "cat.jpg"] },
  { names: ["a.json", "cat.jpg"], found: ["a.json", undefined] },
  {
    names: ["a.txt"],
    found: [undefined, undefined],
    problem: "A model is two files, …-symbol.json and ….params; a.txt is neither.",
  },
  {
    names: ["a.json", "b.json"],
    found: [undefined, undefined],
    problem: "One model has one of each file; here are a.json and b.json.",
  },
])("dropped files $names", ({ names, found, problem }) => {
  const files = names.map((name) => ({ name, type: name.endsWith(".jpg") ? "image/jpeg" : "" }));
  const { symbol, params, image, ...rest } = sortFiles(files);
  expect([symbol?.name, params?.name, image?.name]).toEqual([found[0], found[1], found[2]]);
  expect(rest.problem).toBe(problem);
});

test.for([
  { name: "both at once", before: { symbol: "a", params: "b" }, now: { symbol: "c", params: "d" }, both: ["c", "d"] },
  { name: "parameters for the graph that is there", before: { symbol: "a" }, now: { params: "b" }, both: ["a", "b"] },
  { name: "parameters that wait for a graph", before: {}, now: { params: "b" }, both: [undefined, "b"] },
  { name: "a graph for parameters that waited", before: { params: "b" }, now: { symbol: "a" }, both: ["a", "b"] },
  { name: "another graph alone", before: { symbol: "a", params: "b" }, now: { symbol: "c" }, both: ["c", undefined] },
])("files one after the other: $name", ({ before, now, both }) => {
  const { symbol, params } = joinFiles<string>(before, now);
  expect([symbol, params]).toEqual(both);
});
