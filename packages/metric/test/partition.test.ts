import { expect, test } from "vitest";
import { argPartition } from "../src/partition.ts";

// numpy.argpartition(values, kth) of NumPy 1.24.4
const cases = [
  { values: [0, 0, 2, 2, 1, 1], kth: 4, order: [4, 0, 1, 5, 3, 2] },
  { values: [0, 0, 1, 1, 0, 0, 0, 0, 0, 0], kth: 5, order: [6, 4, 8, 7, 0, 5, 9, 1, 2, 3] },
  { values: [2, 1, 3, 2, 0, 1, 3, 2, 3, 2, 1, 0], kth: 8, order: [4, 11, 10, 1, 5, 9, 0, 3, 7, 6, 2, 8] },
  { values: [1, 1, 0, 0, 2, 2, 1, 2, 2], kth: 2, order: [2, 3, 0, 1, 4, 5, 6, 7, 8] },
  { values: [1, 0, 1, 1, 1, 1, 1], kth: 6, order: [0, 1, 2, 3, 4, 5, 6] },
  {
    values: [0, 0, 0, 1, 2, 0, 2, 2, 1, 1, 2, 2, 0, 2, 0, 2, 1, 2, 2, 1],
    kth: 15,
    order: [1, 0, 2, 16, 14, 5, 12, 9, 8, 15, 19, 18, 17, 3, 7, 11, 6, 10, 13, 4],
  },
];

test.for(cases)("orders equal values around place $kth as NumPy does", ({ values, kth, order }) => {
  expect([...argPartition(values, kth)]).toEqual(order);
});

test("puts NaN last", () => {
  expect([...argPartition([Number.NaN, 1, 0], 1)]).toEqual([2, 1, 0]);
});
