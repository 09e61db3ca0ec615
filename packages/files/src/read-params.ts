import { ByteReader } from "./byte-reader.ts";
import { formatOfBlob, readNDArrayBlob } from "./ndarray-blob.ts";
import type { ParamsFile, ParamsFormat } from "./params-file.ts";
import { isSparse, type StoredArray, sparseFault } from "./sparse-array.ts";

/** `kMXAPINDArrayListMagic` (src/ndarray/ndarray.cc). */
export const NDARRAY_LIST_MAGIC = 0x112;

/** Large models have a few thousand; an array of no elements takes 20 bytes in a file and hundreds in memory. */
const MAX_ARRAYS = 2 ** 20;

export interface ReadOptions {
  /** Name of the file for messages. */
  readonly file?: string;
}

export interface ReadParamsOptions extends ReadOptions {
  /**
   * Whether arrays are the file's bytes themselves where they lie right, nearly always, instead of copies. It takes half
   * the time and memory, but each array keeps the whole file, and a change of one changes the other. Default false.
   */
  readonly shared?: boolean;
}

function readName(reader: ByteReader, subject: string): string {
  const length = reader.uint64(`length of the ${subject}`);
  const start = reader.offset;
  const bytes = reader.take(length, subject);
  let name: string;
  try {
    // Without ignoreBOM a name would lose a leading U+FEFF.
    name = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw reader.error(`${subject} at byte ${start} is not UTF-8.`, { byte: start });
  }
  if (name.includes("\0")) {
    throw reader.error(`${subject} at byte ${start} contains a NUL character, where MXNet would cut it.`, {
      byte: start,
      actual: name,
    });
  }
  return name;
}

function readNames(reader: ByteReader, arrays: number): string[] {
  const start = reader.offset;
  const count = reader.uint64("number of names");
  if (count !== 0 && count !== arrays) {
    throw reader.error(`names at byte ${start}: ${count} for ${arrays} arrays, expected ${arrays} or none.`, {
      byte: start,
      expected: arrays,
      actual: count,
    });
  }
  return Array.from({ length: count }, (_, i) => readName(reader, `name of array ${i}`));
}

/**
 * Reads a `.params` file (what `mx.nd.save` and `Module.save_checkpoint` write): a list of arrays with or without
 * names, each in any of MXNet's formats V0, V1, V2 and V3, all data types, sparse ones kept sparse.
 *
 * Layout, little-endian: uint64 0x112, uint64 reserved, uint64 count, the arrays; uint64 number of names (0 or count),
 * for each a uint64 length and UTF-8 bytes. As in MXNet, what follows is not looked at. Because the names come last,
 * a file that is cut short has none, and its errors count arrays from 0.
 *
 * @param bytes  the whole file; may be changed or dropped afterwards, nothing keeps it (unless `shared`).
 * @throws FormatError  the bytes are no `.params` file, are cut short, or contradict themselves. `facts.byte` says where.
 */
export function readParams(bytes: Uint8Array, options: ReadParamsOptions = {}): ParamsFile {
  const reader = new ByteReader(bytes, options.file ?? ".params file");
  if (bytes.length === 0) throw reader.error("is empty, expected a list of arrays as mx.nd.save writes it.");
  const magic = BigInt.asUintN(64, reader.int64("magic number"));
  if (magic !== BigInt(NDARRAY_LIST_MAGIC)) {
    const hex = magic.toString(16).padStart(16, "0");
    throw reader.error(`starts with 0x${hex}, expected 0x112, the magic number of a list of MXNet arrays.`, {
      byte: 0,
      expected: NDARRAY_LIST_MAGIC,
      actual: magic,
    });
  }
  reader.uint64("reserved word");
  const countByte = reader.offset;
  const count = reader.uint64("number of arrays");
  // The smallest array has five words: V0 with one axis.
  if (count > MAX_ARRAYS) {
    throw reader.error(`byte ${countByte} announces ${count} arrays, expected at most ${MAX_ARRAYS}.`, {
      byte: countByte,
      expected: MAX_ARRAYS,
      actual: count,
    });
  }
  if (count * 20 > reader.remaining) {
    throw reader.error(
      `byte ${countByte} announces ${count} arrays; the ${reader.remaining} bytes that follow cannot hold so many.`,
      { byte: countByte, actual: count },
    );
  }
  const found: { array: StoredArray; byte: number; format: ParamsFormat }[] = [];
  for (let i = 0; i < count; i++) {
    const byte = reader.offset;
    const subject = `array ${i} of ${count}`;
    const format = formatOfBlob(reader, subject);
    found.push({ array: readNDArrayBlob(reader, subject, options.shared), byte, format });
  }
  const names = readNames(reader, count);
  const entries = found.map(({ array, byte }, i) => {
    const name = names[i];
    const fault = isSparse(array) ? sparseFault(array) : undefined;
    if (fault !== undefined) {
      const subject = name === undefined ? `array ${i}` : `array "${name}"`;
      throw reader.error(`${subject} at byte ${byte}: ${fault}.`, { byte, argument: name ?? String(i) });
    }
    return name === undefined ? { array } : { name, array };
  });
  return { entries, formats: found.map(({ format }) => format) };
}
