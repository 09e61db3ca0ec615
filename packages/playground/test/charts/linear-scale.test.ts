import { expect, test } from "vitest";
import { domainFromZero, place, valueAt } from "../../src/charts/linear-scale.ts";

test.for([
  { name: "the low end", domain: [0, 10], range: [100, 0], value: 0, at: 100 },
  { name: "the high end", domain: [0, 10], range: [100, 0], value: 10, at: 0 },
  { name: "between", domain: [-1, 1], range: [0, 50], value: 0.5, at: 37.5 },
  { name: "beyond", domain: [0, 10], range: [0, 100], value: 12, at: 120 },
] as const)("$name is placed, and found again", ({ domain, range, value, at }) => {
  expect(place({ domain, range }, value)).toBeCloseTo(at, 12);
  expect(valueAt({ domain, range }, at)).toBeCloseTo(value, 12);
});

test("a domain without length puts everything into the middle", () => {
  expect(place({ domain: [3, 3], range: [0, 40] }, 3)).toBe(20);
});

test.for([
  { name: "nothing", lists: [], top: 1.08 },
  { name: "zeros", lists: [[0, 0]], top: 1 },
  { name: "what is no number", lists: [[Number.NaN, Number.POSITIVE_INFINITY, 2]], top: 2.16 },
  { name: "one outlier among a hundred", lists: [[...Array<number>(99).fill(1), 50]], top: 1.08 },
])("the domain of $name ends at $top", ({ lists, top }) => {
  const [low, high] = domainFromZero(lists);
  expect(low).toBe(0);
  expect(high).toBeCloseTo(top, 12);
});
