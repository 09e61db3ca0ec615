import {
  formatShape,
  isKnown,
  mergeShapes,
  normalizeAxis,
  type Shape,
  ShapeError,
  sizeOf,
  stridesOf,
} from "@mxgraft/base";
import { describe, expect, test } from "vitest";

describe("formatShape", () => {
  test.for<[Shape | undefined, string]>([
    [[128, 10], "(128, 10)"],
    [[128], "(128,)"],
    [[], "()"],
    [[500, 0], "(500, ?)"],
    [undefined, "(...)"],
  ])("writes %j as %s", ([shape, expected]) => {
    expect(formatShape(shape)).toBe(expected);
  });
});

describe("mergeShapes", () => {
  test.for<[Shape | undefined, Shape | undefined, Shape | undefined | null]>([
    [undefined, [2, 3], [2, 3]],
    [[2, 3], undefined, [2, 3]],
    [undefined, undefined, undefined],
    [
      [0, 3],
      [2, 0],
      [2, 3],
    ],
    [
      [0, 3],
      [0, 3],
      [0, 3],
    ],
    [[2, 3], [2, 4], null],
    [[2, 3], [2, 3, 1], null],
  ])("%j and %j give %j", ([a, b, expected]) => {
    expect(mergeShapes(a, b)).toEqual(expected);
  });
});

test("counts elements and steps in row-major order", () => {
  expect(sizeOf([2, 3, 4])).toBe(24);
  expect(sizeOf([])).toBe(1);
  expect(stridesOf([2, 3, 4])).toEqual([12, 4, 1]);
});

test("a shape is known when every size is", () => {
  expect(isKnown([2, 3])).toBe(true);
  expect(isKnown([2, 0])).toBe(false);
  expect(isKnown(undefined)).toBe(false);
});

describe("normalizeAxis", () => {
  test("counts negative axes from the end", () => {
    expect(normalizeAxis(-1, 3, "sum0")).toBe(2);
    expect(normalizeAxis(1, 3, "sum0")).toBe(1);
  });

  test.for([3, -4, 0.5])("refuses axis %s of three", (axis) => {
    expect(() => normalizeAxis(axis, 3, "sum0")).toThrow(ShapeError);
    expect(() => normalizeAxis(axis, 3, "sum0")).toThrow(
      `sum0: axis ${axis} is out of range, expected -3..2 for 3 axes.`,
    );
  });
});
