import { float32Array, ValueError } from "@mxgraft/base";
import { NDArrayIter, ResizeIter } from "@mxgraft/data";
import { expect, test } from "vitest";

const inner = () => new NDArrayIter(float32Array([3], [0, 1, 2]));
const rows = (iter: ResizeIter) => Array.from(iter, ({ data }) => Number(data[0]?.data[0]));

// Recorded from mx.io.ResizeIter of MXNet 1.9.1 over NDArrayIter([0, 1, 2], batch_size=1): two epochs each.
test.for([
  { size: 5, resetInternal: true, first: [0, 1, 2, 0, 1], second: [0, 1, 2, 0, 1] },
  { size: 5, resetInternal: false, first: [0, 1, 2, 0, 1], second: [2, 0, 1, 2, 0] },
  { size: 2, resetInternal: true, first: [0, 1], second: [0, 1] },
  { size: 2, resetInternal: false, first: [0, 1], second: [2, 0] },
])("size $size, resetInternal $resetInternal", ({ size, resetInternal, first, second }) => {
  const iter = new ResizeIter(inner(), size, resetInternal);
  expect(rows(iter)).toEqual(first);
  iter.reset();
  expect(rows(iter)).toEqual(second);
});

test("ends where the other iterator has no batch at all", () => {
  const none = new NDArrayIter(float32Array([1]), undefined, { batchSize: 2, lastBatchHandle: "discard" });
  expect(rows(new ResizeIter(none, 3))).toEqual([]);
});

test("refuses a size of 0", () => {
  expect(() => new ResizeIter(inner(), 0)).toThrow(
    new ValueError("size is 0, expected an integer of 1 or more.", { argument: "size", actual: 0 }),
  );
});
