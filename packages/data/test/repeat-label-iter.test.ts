import { float32Array, UsageError } from "@mxgraft/base";
import { NDArrayIter, RepeatLabelIter } from "@mxgraft/data";
import { expect, test } from "vitest";

const DATA = float32Array([5], [0, 1, 2, 3, 4]);
const LABEL = float32Array([5], [9, 8, 7, 6, 5]);

test("gives the one label under both names and passes the rest on", () => {
  const inner = new NDArrayIter(DATA, LABEL, { batchSize: 2 });
  const iter = new RepeatLabelIter(inner);
  expect(iter.batchSize).toBe(2);
  expect(iter.provideData).toEqual(inner.provideData);
  expect(iter.provideLabel.map(({ name, shape }) => [name, shape])).toEqual([
    ["softmax_label", [2]],
    ["center_label", [2]],
  ]);
  const batches = Array.from(iter, ({ data, label, pad }) =>
    [...data, ...label].map((array) => Array.from(array.data, Number)).concat([[pad]]),
  );
  expect(batches).toEqual([
    [[0, 1], [9, 8], [9, 8], [0]],
    [[2, 3], [7, 6], [7, 6], [0]],
    [[4, 0], [5, 9], [5, 9], [1]],
  ]);
});

test("passes on reset, hardReset and the state", () => {
  const options = { batchSize: 2, lastBatchHandle: "roll_over" } as const;
  const rows = (iter: RepeatLabelIter) => Array.from(iter, ({ data }) => Array.from(data[0]?.data ?? [], Number));
  const iter = new RepeatLabelIter(new NDArrayIter(DATA, LABEL, options), ["a"]);
  rows(iter);
  iter.reset();
  const state = iter.state();
  expect(rows(iter)).toEqual([
    [4, 0],
    [1, 2],
    [3, 4],
  ]);
  const resumed = new RepeatLabelIter(new NDArrayIter(DATA, LABEL, options), ["a"]);
  resumed.restore(state);
  expect(rows(resumed)).toEqual([
    [4, 0],
    [1, 2],
    [3, 4],
  ]);
  iter.restore(state);
  iter.hardReset();
  expect(rows(iter)).toEqual([
    [0, 1],
    [2, 3],
  ]);
});

test.for([
  {
    name: "no label",
    make: () => new RepeatLabelIter(new NDArrayIter(DATA)),
    message: "RepeatLabelIter repeats one label; the iterator has 0.",
  },
  {
    name: "two labels",
    make: () => new RepeatLabelIter(new NDArrayIter(DATA, [LABEL, LABEL])),
    message: "RepeatLabelIter repeats one label; the iterator has 2.",
  },
  {
    name: "no names",
    make: () => new RepeatLabelIter(new NDArrayIter(DATA, LABEL), []),
    message: "RepeatLabelIter needs at least one name for the label.",
  },
])("refuses $name", ({ make, message }) => {
  expect(make).toThrow(UsageError);
  expect(make).toThrow(message);
});
