import { FormatError } from "@mxgraft/base";
import {
  packImageRecord,
  readRecordIndex,
  readRecords,
  unpackImageRecord,
  writeRecordIndex,
  writeRecords,
} from "@mxgraft/files";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64 } from "./case-values.ts";
import cases from "./cases/recordio.json" with { type: "json" };

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

describe("files of MXNet 1.9.1", () => {
  test.for([
    { name: "plain", ...cases.plain },
    { name: "images", ...cases.images },
  ])("$name: reads the records, one by one and by the index, and writes the same files", ({ rec, idx, records }) => {
    const bytes = fromBase64(rec);
    const found = [...readRecords(bytes)];
    expect(found.map(base64)).toEqual(records);
    const index = readRecordIndex(idx);
    const byKey = Array.from(index.values(), (position) => readRecords(bytes, {}, position).next().value ?? bytes);
    expect(byKey.map(base64)).toEqual(records);
    const written = writeRecords(found);
    expect(base64(written.bytes)).toBe(rec);
    const keys = [...index.keys()];
    expect(writeRecordIndex(new Map(written.positions.map((position, i) => [keys[i] ?? -1, position])))).toBe(idx);
  });

  test.for(cases.images.headers.map((header, i) => ({ i, header, record: cases.images.records[i] ?? "" })))(
    "header of image record $i",
    ({ header, record }) => {
      const unpacked = unpackImageRecord(fromBase64(record));
      const label = typeof unpacked.label === "number" ? unpacked.label : [...unpacked.label];
      const { id, id2, content } = unpacked;
      expect({ label, id: String(id), id2: String(id2), content: base64(content) }).toEqual({
        label: header.label,
        id: header.id,
        id2: header.id2,
        content: header.content,
      });
      expect(base64(packImageRecord(unpacked))).toBe(record);
    },
  );
});

test("round trip of any records, the magic number among them", () => {
  const magic = fc.constant(Uint8Array.of(0x0a, 0x23, 0xd7, 0xce));
  const record = fc
    .array(fc.oneof(magic, fc.uint8Array({ maxLength: 9 })))
    .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));
  fc.assert(
    fc.property(fc.array(record), (records) => {
      expect([...readRecords(writeRecords(records).bytes)].map(base64)).toEqual(records.map(base64));
    }),
    { seed: 11 },
  );
});

describe("damaged files", () => {
  test.for(cases.corrupt)("$name: $expected", ({ bytes, expected }) => {
    const read = () => [...readRecords(fromBase64(bytes))];
    if (expected === "error") expect(read).toThrow(FormatError);
    else expect(read).not.toThrow();
  });

  test("cut anywhere: the records before the cut, then an error or the end", () => {
    const bytes = fromBase64(cases.plain.rec).subarray(0, 400);
    for (let length = 0; length < bytes.length; length++) {
      const found: string[] = [];
      try {
        for (const record of readRecords(bytes.subarray(0, length))) found.push(base64(record));
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
      expect(found).toEqual(cases.plain.records.slice(0, found.length));
    }
  });

  test.for([
    {
      name: "another format",
      bytes: new TextEncoder().encode("not a record"),
      message: "x.rec: byte 0 starts with 0x20746f6e, expected 0xced7230a, the magic number of a record.",
    },
    {
      name: "a cut record",
      bytes: fromBase64(cases.plain.rec).subarray(0, 18),
      message: "x.rec: padding of the record at byte 17 needs 3 bytes; the file ends 2 bytes short.",
    },
    {
      name: "a part without the first",
      bytes: Uint8Array.of(0x0a, 0x23, 0xd7, 0xce, 0, 0, 0, 0x60),
      message: "x.rec: the record at byte 0 has no first part.",
    },
  ])("message: $name", ({ bytes, message }) => {
    expect(() => [...readRecords(bytes, { file: "x.rec" })]).toThrow(message);
  });

  test.for([
    { name: "no tab", text: "0 0\n" },
    { name: "no number", text: "0\t0\nx\t8\n" },
    { name: "a negative position", text: "0\t-8\n" },
    { name: "three columns", text: "0\t0\t0\n" },
  ])("an index with $name", ({ text }) => {
    expect(() => readRecordIndex(text)).toThrow(FormatError);
  });

  test("a header that counts more labels than there are bytes", () => {
    expect(() => unpackImageRecord(new Uint8Array(24).fill(255, 0, 4))).toThrow(
      "record: labels at byte 24 needs 17179869180 bytes; the file ends 17179869180 bytes short.",
    );
  });
});
