import { expect, test } from "vitest";
import { largestDifference } from "../../src/engine/model/largest-difference.ts";

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

test.for([
  { name: "equal numbers", a: [1, 2], b: [1, 2], expected: 0 },
  { name: "different numbers", a: [1, 2, -3], b: [1.5, 2, -5], expected: 2 },
  { name: "NaN in both", a: [nan, 1], b: [nan, 1], expected: 0 },
  { name: "NaN in one", a: [nan, 1], b: [0, 1], expected: infinity },
  { name: "the same infinity", a: [infinity], b: [infinity], expected: 0 },
  { name: "opposite infinities", a: [infinity], b: [-infinity], expected: infinity },
  { name: "another number of them", a: [1], b: [1, 2], expected: infinity },
])("$name: $expected", ({ a, b, expected }) => {
  expect(largestDifference(a, b)).toBe(expected);
});
