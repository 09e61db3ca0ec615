import { type HostArray, hostArray } from "@mxgraft/base";
import { readRecordIndex, readRecords, unpackImageRecord, writeRecords } from "@mxgraft/files";
import type { Comparison } from "../comparison.ts";
import { type GoldenCase, isFacts, numberOf } from "../golden-case.ts";

function bytesArray(bytes: Uint8Array): HostArray {
  return hostArray("uint8", [bytes.length], bytes);
}

/** Reads the records of a file with its index, compares lengths, bytes and headers, and reads what is written again. */
export function replayRecordIO(golden: GoldenCase, comparison: Comparison): void {
  const bytes = golden.file("file.rec");
  const records = [...readRecords(bytes)];
  const again = [...readRecords(writeRecords(records).bytes)];
  for (const [i, record] of records.entries()) {
    comparison.arrays(`record ${i} written and read`, bytesArray(again[i] ?? new Uint8Array()), bytesArray(record));
    const want = golden.tensors.get(`record:${i}`);
    if (want) comparison.arrays(`record:${i}`, bytesArray(record), want);
  }
  if (golden.facts.lengths !== undefined) {
    comparison.same(
      "lengths",
      records.map((record) => record.length),
      golden.facts.lengths,
    );
  }
  const indexFile = golden.findFile("file.idx");
  if (indexFile) {
    const index = readRecordIndex(new TextDecoder().decode(indexFile));
    if (golden.facts.keys !== undefined) comparison.same("keys", [...index.keys()], golden.facts.keys);
    if (golden.facts.positions !== undefined) comparison.same("positions", [...index.values()], golden.facts.positions);
    for (const [i, position] of [...index.values()].entries()) {
      const { value: record } = readRecords(bytes, {}, position).next();
      comparison.same(`record at ${position}`, record?.length, records[i]?.length);
    }
  }
  for (const [i, facts] of golden.list("records").entries()) {
    const record = records[i];
    if (!isFacts(facts) || record === undefined) continue;
    const { label, id, id2 } = unpackImageRecord(record);
    comparison.numbers(`record ${i} id`, Number(id), numberOf(facts.id));
    comparison.numbers(`record ${i} id2`, Number(id2), numberOf(facts.id2));
    comparison.same(`record ${i} label`, typeof label === "number" ? label : [...label], facts.label);
  }
}
