import { float32Array, type HostArray, hostArray, ShapeError, UsageError, ValueError } from "@mxgraft/base";
import { type DataBatch, type DataDesc, NDArrayIter, type NDArrayIterOptions } from "@mxgraft/data";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import cases from "./cases/ndarray-iter.json" with { type: "json" };

type LastBatchHandle = NonNullable<NDArrayIterOptions["lastBatchHandle"]>;

function isLastBatchHandle(text: string): text is LastBatchHandle {
  return ["pad", "discard", "roll_over"].includes(text);
}

function values(arrays: readonly HostArray[]): number[][] {
  return arrays.map(({ data }) => Array.from(data, Number));
}

function describeBatch({ data, label, pad }: DataBatch) {
  return { data: values(data), label: values(label), pad };
}

function describeInputs(descs: readonly DataDesc[]) {
  return descs.map(({ name, shape, dtype, layout }) => [name, shape, dtype, layout]);
}

/** The inputs of a recorded case: row i of the data is (2i, 2i + 1), its label i. */
function inputsOf(kind: string, rows: number) {
  const data = float32Array(
    [rows, 2],
    Array.from({ length: 2 * rows }, (_, i) => i),
  );
  const scaled = (factor: number) =>
    float32Array(
      [rows],
      Array.from({ length: rows }, (_, i) => i * factor),
    );
  switch (kind) {
    case "list":
      return { data: [data, scaled(10)], label: [scaled(1), scaled(-1)] };
    case "dict":
      return { data: { zeta: data, Alpha: scaled(10) }, label: new Map([["y", scaled(1)]]) };
    case "nolabel":
      return { data, label: undefined };
    case "int":
      return {
        data: hostArray("int32", [rows, 2], Int32Array.from(data.data)),
        label: hostArray(
          "int64",
          [rows],
          BigInt64Array.from({ length: rows }, (_, i) => BigInt(i)),
        ),
      };
    default:
      return { data, label: scaled(1) };
  }
}

describe("gives what MXNet 1.9.1 gives", () => {
  test.for(cases)("$name", ({ rows, batchSize, lastBatchHandle, inputs, epochs, hard, partial, ...expected }) => {
    if (!isLastBatchHandle(lastBatchHandle)) throw new Error(lastBatchHandle);
    const { data, label } = inputsOf(inputs, rows);
    const iter = new NDArrayIter(data, label, { batchSize, lastBatchHandle });
    expect(describeInputs(iter.provideData)).toEqual(expected.provideData);
    expect(describeInputs(iter.provideLabel)).toEqual(expected.provideLabel);
    for (const [i, epoch] of epochs.entries()) {
      const batches: ReturnType<typeof describeBatch>[] = [];
      for (const batch of iter) {
        batches.push(describeBatch(batch));
        if (i === 0 && batches.length === partial) break;
      }
      expect(batches).toEqual(epoch);
      if (hard.some((each) => each === i)) iter.hardReset();
      else iter.reset();
    }
  });
});

const TEN = float32Array(
  [10],
  Array.from({ length: 10 }, (_, i) => i),
);
const rowsOf = (iter: NDArrayIter) => Array.from(iter, ({ data }) => values(data)[0] ?? []).flat();

describe("shuffle", () => {
  const options = { batchSize: 3, shuffle: true, seed: 5 };

  test("gives every row once, the label with its data, another order each epoch and the same for the same seed", () => {
    const epochs = [
      new NDArrayIter(TEN, TEN, { ...options, lastBatchHandle: "discard", batchSize: 1 }),
      new NDArrayIter(TEN, TEN, { ...options, batchSize: 1 }),
    ].map((iter) => {
      const first = [...iter].map(({ data, label, index }) => {
        expect(values(data)).toEqual(values(label));
        expect([...(index ?? [])]).toEqual(values(data)[0]);
        return values(data)[0]?.[0];
      });
      iter.reset();
      return [first, rowsOf(iter)];
    });
    const [[first, second] = []] = epochs;
    expect(first?.toSorted()).toEqual(Array.from(TEN.data));
    expect(second?.toSorted()).toEqual(Array.from(TEN.data));
    expect(second).not.toEqual(first);
    expect(epochs[1]).toEqual(epochs[0]);
  });

  test("keeps the first order with reshuffle off", () => {
    const iter = new NDArrayIter(TEN, undefined, { ...options, reshuffle: false });
    const first = rowsOf(iter);
    iter.reset();
    expect(rowsOf(iter)).toEqual(first);
    expect(first).not.toEqual([...first].sort((a, b) => a - b));
  });
});

test("goes on from a saved state with the batches that were left, this epoch and the next", () => {
  const handle = fc.constantFrom<LastBatchHandle>("pad", "discard", "roll_over");
  fc.assert(
    fc.property(
      handle,
      fc.boolean(),
      fc.boolean(),
      fc.integer({ min: 1, max: 13 }),
      fc.nat(20),
      (lastBatchHandle, shuffle, reshuffle, batchSize, steps) => {
        const options = { batchSize, shuffle, reshuffle, lastBatchHandle, seed: 9 };
        const iter = new NDArrayIter(TEN, TEN, options);
        for (let i = 0; i < steps; i++) if (iter.next() === undefined) iter.reset();
        const resumed = new NDArrayIter(TEN, TEN, options);
        resumed.restore(JSON.parse(JSON.stringify(iter.state())));
        for (let epoch = 0; epoch < 3; epoch++) {
          expect(Array.from(resumed, describeBatch)).toEqual(Array.from(iter, describeBatch));
          iter.reset();
          resumed.reset();
        }
      },
    ),
    { seed: 10 },
  );
});

test("rolls rows over for several epochs where a batch is larger than the data (MXNet fails)", () => {
  const iter = new NDArrayIter(float32Array([3], [0, 1, 2]), undefined, { batchSize: 8, lastBatchHandle: "roll_over" });
  const epochs = Array.from({ length: 4 }, () => {
    const batches = Array.from(iter, describeBatch);
    iter.reset();
    return batches;
  });
  expect(epochs).toEqual([[], [], [{ data: [[0, 1, 2, 0, 1, 2, 0, 1]], label: [], pad: 6 }], []]);
});

test("takes rows from the axis that the layout calls N", () => {
  const data = float32Array([2, 3], [0, 1, 2, 10, 11, 12]);
  const iter = new NDArrayIter(data, undefined, { batchSize: 2, layout: "TNC" });
  expect(iter.provideData[0]?.shape).toEqual([2, 2]);
  expect(Array.from(iter, describeBatch)).toEqual([
    { data: [[0, 1, 10, 11]], label: [], pad: 0 },
    { data: [[2, 0, 12, 10]], label: [], pad: 1 },
  ]);
});

test("sorts the names of many arrays as MXNet does", () => {
  const names = new NDArrayIter(Array.from({ length: 12 }, () => TEN)).provideData.map(({ name }) => name);
  // Recorded from MXNet 1.9.1.
  expect(names.slice(0, 5)).toEqual(["_0_data", "_10_data", "_11_data", "_1_data", "_2_data"]);
});

test.for([
  {
    name: "no arrays",
    data: [],
    label: undefined,
    options: {},
    error: UsageError,
    message: '"data" has no arrays; give at least one.',
  },
  {
    name: "different numbers of rows",
    data: TEN,
    label: float32Array([9]),
    options: {},
    error: ShapeError,
    message:
      'Arrays of one iterator need the same size on axis 0 (N of NCHW), found "data" (10,), "softmax_label" (9,).',
  },
  {
    name: "a scalar",
    data: float32Array([], [1]),
    label: undefined,
    options: {},
    error: ShapeError,
    message: 'found "data" ().',
  },
  {
    name: "a batch size of 0",
    data: TEN,
    label: undefined,
    options: { batchSize: 0 },
    error: ValueError,
    message: "batchSize is 0, expected an integer of 1 or more.",
  },
  {
    name: "a layout without N",
    data: TEN,
    label: undefined,
    options: { layout: "TC" },
    error: UsageError,
    message: 'layout is "TC", expected one with N for the batch, such as "NCHW".',
  },
])("refuses $name", ({ data, label, options, error, message }) => {
  const make = () => new NDArrayIter(data, label, options);
  expect(make).toThrow(error);
  expect(make).toThrow(message);
});
