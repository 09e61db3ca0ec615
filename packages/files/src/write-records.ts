import { ValueError } from "@mxgraft/base";
import { plainBytes } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import { RECORD_LENGTH_BITS, RECORD_MAGIC, RECORD_PART } from "./recordio-format.ts";

export interface WrittenRecords {
  readonly bytes: Uint8Array;
  /** Where each record begins, for an index. */
  readonly positions: readonly number[];
}

/** The record cut at every magic number that stands at a multiple of four bytes. */
function split(record: Uint8Array): Uint8Array[] {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at + 4 <= record.length; at += 4) {
    if (view.getUint32(at, true) !== RECORD_MAGIC) continue;
    parts.push(record.subarray(start, at));
    start = at + 4;
  }
  parts.push(record.subarray(start));
  return parts;
}

function partNumber(index: number, count: number): number {
  if (count === 1) return RECORD_PART.whole;
  if (index === 0) return RECORD_PART.first;
  return index === count - 1 ? RECORD_PART.last : RECORD_PART.middle;
}

/**
 * The bytes of a RecordIO file, as MXNet writes it.
 *
 * @throws ValueError  a record has 2^29 bytes or more.
 */
export function writeRecords(records: Iterable<Uint8Array>): WrittenRecords {
  const writer = new ByteWriter();
  const positions: number[] = [];
  for (const record of records) {
    if (record.length >= 2 ** RECORD_LENGTH_BITS) {
      throw new ValueError(`Record ${positions.length} has ${record.length} bytes; RecordIO holds less than 2^29.`, {
        actual: record.length,
      });
    }
    positions.push(writer.length);
    const parts = split(plainBytes(record));
    for (const [i, part] of parts.entries()) {
      writer.uint32(RECORD_MAGIC);
      writer.uint32(partNumber(i, parts.length) * 2 ** RECORD_LENGTH_BITS + part.length);
      writer.bytes(part);
      writer.bytes(new Uint8Array((4 - (part.length % 4)) % 4));
    }
  }
  return { bytes: writer.join(), positions };
}
