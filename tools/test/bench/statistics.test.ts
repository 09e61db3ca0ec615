import { expect, test } from "vitest";
import { quartiles } from "../../bench/run/statistics.ts";

// numpy.percentile(samples, [25, 50, 75])
const cases = [
  { name: "of one sample", samples: [3], expected: [3, 3, 3] },
  { name: "of two", samples: [4, 2], expected: [2.5, 3, 3.5] },
  { name: "of an even number", samples: [7, 1, 5, 3], expected: [2.5, 4, 5.5] },
  { name: "of an odd number", samples: [9, 1, 8, 2, 7], expected: [2, 7, 8] },
  { name: "of numbers that sort differently as text", samples: [10, 9, 100, 1], expected: [7, 9.5, 32.5] },
];

test.for(cases)("quartiles $name", ({ samples, expected }) => {
  const before = [...samples];
  const { lower, median, upper } = quartiles(samples);
  expect([lower, median, upper]).toEqual(expected);
  expect(samples).toEqual(before);
});

test("quartiles of nothing are refused", () => {
  expect(() => quartiles([])).toThrow("there are no samples");
});
