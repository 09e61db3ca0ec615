import { type DType, formatShape, type HostArray } from "@mxgraft/base";
import { arrayFromBytes } from "./array-bytes.ts";
import { ByteReader } from "./byte-reader.ts";
import { gunzip, isGzip } from "./gunzip.ts";
import type { ReadOptions } from "./read-params.ts";

/** Type codes of idx. 0x0b, 16-bit integers, has no counterpart in MXNet and becomes int32. */
const IDX_TYPES: ReadonlyMap<number, { readonly dtype: DType; readonly bytes: number }> = new Map([
  [0x08, { dtype: "uint8", bytes: 1 }],
  [0x09, { dtype: "int8", bytes: 1 }],
  [0x0b, { dtype: "int32", bytes: 2 }],
  [0x0c, { dtype: "int32", bytes: 4 }],
  [0x0d, { dtype: "float32", bytes: 4 }],
  [0x0e, { dtype: "float64", bytes: 8 }],
]);

export interface ReadIdxOptions extends ReadOptions {
  /** Largest size of the file, unpacked. Default 2^30: a gzip file of a megabyte can hold a gigabyte. */
  readonly maxBytes?: number;
}

/** Big-endian elements of `bytes` bytes each, turned around; 16-bit ones widened to 32. */
function toLittleEndian(from: Uint8Array, bytes: number): Uint8Array {
  if (bytes === 1) return from;
  if (bytes === 2) {
    const view = new DataView(from.buffer, from.byteOffset, from.byteLength);
    const wide = Int32Array.from({ length: from.length / 2 }, (_, i) => view.getInt16(2 * i, false));
    return new Uint8Array(wide.buffer);
  }
  const turned = new Uint8Array(from.length);
  for (let start = 0; start < from.length; start += bytes) {
    for (let i = 0; i < bytes; i++) turned[start + i] = from[start + bytes - 1 - i] ?? 0;
  }
  return turned;
}

/**
 * Reads an idx file, the format of MNIST, packed with gzip or not: two zero bytes, a type code, the number of axes,
 * their sizes as big-endian uint32, the elements big-endian. MNIST's images are uint8 `(N, 28, 28)`, its labels
 * uint8 `(N,)`.
 *
 * @throws FormatError  the file is empty, no idx file, shorter or longer than its header says. `facts.byte` says where.
 */
export function readIdx(bytes: Uint8Array, options: ReadIdxOptions = {}): HostArray {
  const file = options.file ?? "idx file";
  const unpacked = isGzip(bytes) ? gunzip(bytes, file, options.maxBytes ?? 2 ** 30) : bytes;
  const reader = new ByteReader(unpacked, file);
  if (unpacked.length === 0) throw reader.error("is empty, expected an idx file such as MNIST's.");
  const magic = reader.uint32BigEndian("magic number");
  const type = IDX_TYPES.get((magic >>> 8) & 0xff);
  const rank = magic & 0xff;
  if (magic >>> 16 !== 0 || type === undefined || rank === 0) {
    throw reader.error(
      `starts with 0x${magic.toString(16).padStart(8, "0")} at byte 0, expected an idx header: 0x00000803 for MNIST's images, 0x00000801 for its labels.`,
      { byte: 0, actual: magic },
    );
  }
  const shape = Array.from({ length: rank }, (_, axis) => reader.uint32BigEndian(`size of axis ${axis}`));
  const count = shape.reduce((product, size) => product * size, 1);
  const needed = count * type.bytes;
  const { offset, remaining } = reader;
  if (needed !== remaining) {
    const difference =
      needed > remaining ? `ends ${needed - remaining} bytes short` : `has ${remaining - needed} bytes too many`;
    throw reader.error(
      `elements at byte ${offset} take ${needed} bytes for shape ${formatShape(shape)}; the file ${difference}.`,
      { expected: needed, actual: remaining },
    );
  }
  return arrayFromBytes(type.dtype, shape, toLittleEndian(reader.take(needed, "elements"), type.bytes));
}
