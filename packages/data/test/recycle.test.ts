import { float32Array, type HostArray } from "@mxgraft/base";
import { type DataBatch, MNISTIter, NDArrayIter, RepeatLabelIter, ResizeIter, type SyncDataIter } from "@mxgraft/data";
import { describe, expect, test } from "vitest";
import { digitFiles } from "./digit-files.ts";

const ROWS = float32Array(
  [11, 2],
  Array.from({ length: 22 }, (_, i) => i),
);
const LABELS = float32Array(
  [11],
  Array.from({ length: 11 }, (_, i) => 100 + i),
);

const rows = (lastBatchHandle: "pad" | "roll_over") =>
  new NDArrayIter({ data: ROWS, other: LABELS }, LABELS, { batchSize: 3, shuffle: true, lastBatchHandle });
const digits = () => new MNISTIter({ ...digitFiles(11), batchSize: 3, shuffle: true, reshuffle: true });

const iterators: { name: string; make: () => SyncDataIter }[] = [
  { name: "NDArrayIter", make: () => rows("pad") },
  { name: "NDArrayIter that rolls over", make: () => rows("roll_over") },
  { name: "MNISTIter", make: digits },
  { name: "RepeatLabelIter", make: () => new RepeatLabelIter(digits(), ["a", "b"]) },
  { name: "ResizeIter", make: () => new ResizeIter(rows("pad"), 5) },
];

const copied = ({ data, label, pad }: DataBatch) => ({ data: data.map(values), label: label.map(values), pad });
const values = ({ data }: HostArray) => Array.from(data, Number);

/** The batches of three epochs. */
function* epochs(iter: SyncDataIter): Generator<DataBatch> {
  for (let epoch = 0; epoch < 3; epoch++) {
    yield* iter;
    iter.reset();
  }
}

describe.for(iterators)("$name", ({ make }) => {
  test("gives the same batches when it is given them back", () => {
    const fresh = Array.from(epochs(make()), copied);
    const iter = make();
    const again: ReturnType<typeof copied>[] = [];
    const buffers = new Set<ArrayBufferLike>();
    let last: DataBatch | undefined;
    // As a loop does: the next batch is there before the last one is done with.
    for (const batch of epochs(iter)) {
      again.push(copied(batch));
      for (const { data } of batch.data) buffers.add(data.buffer);
      if (last !== undefined) iter.recycle?.(last);
      last = batch;
    }
    expect(again).toEqual(fresh);
    expect(buffers.size).toBe(2 * iter.provideData.length);
  });

  test("leaves batches alone that were not given back, and labels always", () => {
    const fresh = Array.from(epochs(make()), copied);
    const iter = make();
    const kept = [...epochs(iter)];
    expect(kept.map(copied)).toEqual(fresh);
    const labels = kept.map(({ label }) => label);
    for (const batch of kept) iter.recycle?.(batch);
    const later = [...epochs(iter)];
    expect(labels.map((label) => label.map(values))).toEqual(fresh.map(({ label }) => label));
    expect(later.every(({ label: [own] }) => labels.every(([label]) => label !== own))).toBe(true);
  });

  test("gives arrays out once that were given back twice", () => {
    const iter = make();
    const batch = iter.next();
    if (batch === undefined) throw new Error("no batch");
    iter.recycle?.(batch);
    iter.recycle?.(batch);
    const [first, second] = [iter.next(), iter.next()];
    expect(first?.data[0]).not.toBe(second?.data[0]);
    expect(first?.data[0]?.data.buffer).not.toBe(second?.data[0]?.data.buffer);
  });
});
