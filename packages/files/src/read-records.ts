import { ByteReader } from "./byte-reader.ts";
import type { ReadOptions } from "./read-params.ts";
import { RECORD_LENGTH_BITS, RECORD_MAGIC, RECORD_PART } from "./recordio-format.ts";

const MAGIC_BYTES = Uint8Array.of(0x0a, 0x23, 0xd7, 0xce);

function readPart(reader: ByteReader): { part: number; content: Uint8Array; byte: number } {
  const byte = reader.offset;
  const magic = reader.uint32("record");
  if (magic !== RECORD_MAGIC) {
    const hex = magic.toString(16).padStart(8, "0");
    throw reader.error(`byte ${byte} starts with 0x${hex}, expected 0xced7230a, the magic number of a record.`, {
      byte,
      expected: RECORD_MAGIC,
      actual: magic,
    });
  }
  const word = reader.uint32(`length of the record at byte ${byte}`);
  const content = reader.take(word & (2 ** RECORD_LENGTH_BITS - 1), "record");
  reader.take((4 - (content.length % 4)) % 4, "padding of the record");
  return { part: word >>> RECORD_LENGTH_BITS, content, byte };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, MAGIC_BYTES.length * (parts.length - 1));
  const record = new Uint8Array(length);
  let offset = 0;
  for (const [i, part] of parts.entries()) {
    if (i > 0) record.set(MAGIC_BYTES, offset - MAGIC_BYTES.length);
    record.set(part, offset);
    offset += part.length + MAGIC_BYTES.length;
  }
  return record;
}

/**
 * The records of a RecordIO file (`mx.recordio.MXRecordIO`), one after the other. A record is a view into the file
 * where it is in one part.
 *
 * @param start  byte at which to begin: 0, or a position from the file's index.
 * @throws FormatError  the file is cut short or damaged, or parts of records are missing. `facts.byte` says where.
 */
export function* readRecords(bytes: Uint8Array, options: ReadOptions = {}, start = 0): Generator<Uint8Array, void> {
  const reader = new ByteReader(bytes, options.file ?? "RecordIO file");
  reader.offset = start;
  let parts: Uint8Array[] = [];
  while (reader.remaining > 0) {
    const { part, content, byte } = readPart(reader);
    const begins = part === RECORD_PART.whole || part === RECORD_PART.first;
    if (part > RECORD_PART.last)
      throw reader.error(`the record at byte ${byte} has part number ${part}, expected 0 to 3.`, { byte });
    if (begins !== (parts.length === 0)) {
      const problem = begins ? "begins before the last part of the one before it" : "has no first part";
      throw reader.error(`the record at byte ${byte} ${problem}.`, { byte });
    }
    parts.push(content);
    if (part === RECORD_PART.whole || part === RECORD_PART.last) {
      yield parts.length === 1 ? content : joined(parts);
      parts = [];
    }
  }
  if (parts.length > 0) throw reader.error("ends before the last part of its last record.");
}
