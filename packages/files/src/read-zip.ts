import { FormatError } from "@mxgraft/base";
import { inflateSync } from "fflate";
import { ByteReader } from "./byte-reader.ts";
import { crc32 } from "./crc32.ts";

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const MAX_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;
/** Deflate cannot pack better than 1032 to 1. */
const MAX_RATIO = 1032;

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly byte: number;
}

function findEnd(reader: ByteReader): number {
  const { bytes } = reader;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const last = bytes.length - END_BYTES;
  for (let at = last; at >= 0 && at >= last - MAX_COMMENT; at--) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  throw reader.error("is no zip archive, or is cut short: it has no directory at its end.", { byte: bytes.length });
}

function readEntry(reader: ByteReader): ZipEntry {
  const start = reader.offset;
  if (reader.uint32("directory entry") !== ENTRY_SIGNATURE)
    throw reader.error(`no directory entry at byte ${start}.`, { byte: start });
  reader.take(4, "directory entry");
  const flags = reader.uint16("directory entry");
  const method = reader.uint16("directory entry");
  reader.take(4, "directory entry");
  const crc = reader.uint32("directory entry");
  const packed = reader.uint32("directory entry");
  const unpacked = reader.uint32("directory entry");
  const nameLength = reader.uint16("directory entry");
  const extraLength = reader.uint16("directory entry");
  const commentLength = reader.uint16("directory entry");
  reader.take(8, "directory entry");
  const byte = reader.uint32("directory entry");
  const name = new TextDecoder("utf-8", { ignoreBOM: true }).decode(reader.take(nameLength, "name"));
  reader.take(extraLength + commentLength, "directory entry");
  if (flags & 1) throw reader.error(`"${name}" is encrypted.`, { byte: start, argument: name });
  if (packed === 0xffffffff || unpacked === 0xffffffff || byte === 0xffffffff) {
    // NumPy and Python's zipfile write them from 2 GiB on.
    throw reader.error(
      `"${name}" has a 64-bit size (it is 2 GiB or larger), which is not supported. Save it alone as .npy.`,
      {
        byte: start,
        argument: name,
      },
    );
  }
  return { name, method, crc, packed, unpacked, byte };
}

function unpack(reader: ByteReader, entry: ZipEntry): Uint8Array {
  reader.offset = entry.byte;
  const subject = `"${entry.name}"`;
  if (reader.uint32(subject) !== LOCAL_SIGNATURE) {
    throw reader.error(`${subject} is not at byte ${entry.byte}, where the directory says.`, {
      byte: entry.byte,
      argument: entry.name,
    });
  }
  reader.take(22, subject);
  reader.take(reader.uint16(subject) + reader.uint16(subject), subject);
  const start = reader.offset;
  const packed = reader.take(entry.packed, subject);
  const damaged = (reason: string, cause?: unknown) =>
    new FormatError(
      `${reader.file}: ${subject} at byte ${start} is damaged: ${reason}.`,
      { file: reader.file, byte: start, argument: entry.name },
      cause === undefined ? undefined : { cause },
    );
  let content = packed;
  if (entry.method === DEFLATED) {
    if (entry.unpacked > MAX_RATIO * (entry.packed + 1))
      throw damaged(`${entry.packed} bytes cannot unpack to ${entry.unpacked}`);
    try {
      content = inflateSync(packed, { out: new Uint8Array(entry.unpacked) });
    } catch (cause) {
      throw damaged(cause instanceof Error ? cause.message : String(cause), cause);
    }
  } else if (entry.method !== STORED) {
    throw damaged(`method ${entry.method} is not supported, only 0 (stored) and 8 (deflated)`);
  }
  if (content.length !== entry.unpacked) throw damaged(`it has ${content.length} bytes, expected ${entry.unpacked}`);
  if (crc32(content) !== entry.crc) throw damaged("its checksum is wrong");
  return content;
}

/**
 * The members of a zip archive by name; of two with the same name the last.
 *
 * @param maxBytes  largest unpacked size of all members together.
 * @throws FormatError  the archive is damaged, cut short, encrypted or too large. `facts.byte` says where.
 */
export function readZip(bytes: Uint8Array, file: string, maxBytes: number): Map<string, Uint8Array> {
  const reader = new ByteReader(bytes, file);
  reader.offset = findEnd(reader) + 10;
  const count = reader.uint16("directory");
  reader.uint32("directory");
  reader.offset = reader.uint32("directory");
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) entries.push(readEntry(reader));
  const stored = entries.reduce((sum, entry) => sum + entry.packed, 0);
  if (stored > bytes.length) {
    // Members that share their bytes make a small file unpack to any size.
    throw reader.error(`its members take ${stored} bytes, more than the ${bytes.length} of the file: they overlap.`, {
      expected: bytes.length,
      actual: stored,
    });
  }
  const total = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  if (total > maxBytes) {
    throw reader.error(`unpacks to ${total} bytes, more than the ${maxBytes} allowed.`, {
      expected: maxBytes,
      actual: total,
    });
  }
  return new Map(entries.map((entry) => [entry.name, unpack(reader, entry)]));
}
