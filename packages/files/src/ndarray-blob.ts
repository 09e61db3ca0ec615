import {
  DTYPES,
  type DType,
  equalShapes,
  formatShape,
  type HostArray,
  isDType,
  type Shape,
  ShapeError,
} from "@mxgraft/base";
import { arrayFromBytes, arrayOverBytes, bytesOfArray } from "./array-bytes.ts";
import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import type { ParamsFormat } from "./params-file.ts";
import { isSparse, type SparseArray, type StoredArray } from "./sparse-array.ts";

// The four ages of one array in a file (src/ndarray/ndarray.cc of MXNet). The first, "V0", has no magic: its first
// word is the number of axes.
const NDARRAY_V1_MAGIC = 0xf993fac8;
const NDARRAY_V2_MAGIC = 0xf993fac9;
const NDARRAY_V3_MAGIC = 0xf993faca;

const FORMAT_OF_MAGIC: ReadonlyMap<number, ParamsFormat> = new Map([
  [NDARRAY_V1_MAGIC, "V1"],
  [NDARRAY_V2_MAGIC, "V2"],
  [NDARRAY_V3_MAGIC, "V3"],
]);

// Storage types (include/mxnet/ndarray.h).
const DEFAULT_STORAGE = 0;
const ROW_SPARSE_STORAGE = 1;
const CSR_STORAGE = 2;

/** NumPy's limit; MXNet has none, but no operator of it works with more. */
const MAX_RANK = 32;

const CPU_DEVICE = 1;

const DTYPE_OF_FLAG: ReadonlyMap<number, DType> = new Map(
  Object.keys(DTYPES)
    .filter(isDType)
    .map((dtype) => [DTYPES[dtype].flag, dtype]),
);

type IndexArray = HostArray<"int64" | "int32">;

class BlobReader {
  readonly #reader: ByteReader;
  readonly #subject: string;
  readonly #start: number;
  readonly #arrayFrom: typeof arrayFromBytes;

  constructor(reader: ByteReader, subject: string, shared: boolean) {
    this.#arrayFrom = shared ? arrayOverBytes : arrayFromBytes;
    this.#reader = reader;
    this.#subject = subject;
    this.#start = reader.offset;
  }

  #error(message: string, expected?: unknown, actual?: unknown) {
    return this.#reader.error(`${this.#subject} at byte ${this.#start} ${message}`, { expected, actual });
  }

  #size(bytes: 4 | 8, axis: number): number {
    const what = `size of axis ${axis} of ${this.#subject}`;
    const size = bytes === 4 ? this.#reader.uint32(what) : Number(this.#reader.int64(what));
    if (size < 0 || !Number.isSafeInteger(size)) {
      throw this.#error(`has ${size} as size of axis ${axis}, expected 0 to 2^53.`, "0..2^53", size);
    }
    return size;
  }

  #shape(rank: number, bytes: 4 | 8): Shape {
    if (rank < 0 || rank > MAX_RANK) {
      throw this.#error(`has ${rank} axes, expected 0 to ${MAX_RANK}.`, MAX_RANK, rank);
    }
    const shape = Array.from({ length: rank }, (_, axis) => this.#size(bytes, axis));
    // Kept exact even where another axis is 0, so that no product of sizes overflows later.
    const volume = shape.reduce((product, size) => product * Math.max(size, 1), 1);
    if (!Number.isSafeInteger(volume)) throw this.#error(`has shape ${formatShape(shape)}, larger than any file.`);
    return shape;
  }

  #shape64(what: string): Shape {
    return this.#shape(this.#reader.int32(`number of axes of ${what}`), 8);
  }

  #dtype(what: string): DType {
    const flag = this.#reader.int32(what);
    const dtype = DTYPE_OF_FLAG.get(flag);
    if (dtype !== undefined) return dtype;
    const known = Array.from(DTYPE_OF_FLAG, ([known, name]) => `${known} ${name}`).join(", ");
    throw this.#error(`has type flag ${flag}, expected one of ${known}.`, known, flag);
  }

  #array<D extends DType>(dtype: D, shape: Shape, what: string): HostArray<D> {
    const count = shape.reduce((product, size) => product * size, 1);
    const bytes = count * DTYPES[dtype].bytes;
    const { remaining } = this.#reader;
    if (bytes > remaining) {
      const short = bytes - remaining;
      const sizes = shape.length === 0 ? "1" : shape.join(" x ");
      throw this.#error(
        `needs ${bytes} bytes${what} (${sizes} ${dtype}); the file ends ${short} ${short === 1 ? "byte" : "bytes"} short.`,
        bytes,
        remaining,
      );
    }
    return this.#arrayFrom(dtype, shape, this.#reader.take(bytes, this.#subject));
  }

  #indexDtype(what: string): "int64" | "int32" {
    const dtype = this.#dtype(what);
    if (dtype === "int64" || dtype === "int32") return dtype;
    throw this.#error(`has ${dtype} indices, expected int64 or int32.`, ["int64", "int32"], dtype);
  }

  /** Device type and number; where the array lay has no meaning in a file. */
  #context(): void {
    this.#reader.take(8, `device of ${this.#subject}`);
  }

  #legacy(shape: Shape): HostArray {
    if (shape.length === 0) throw this.#uninitialised();
    this.#context();
    return this.#array(this.#dtype(`type flag of ${this.#subject}`), shape, "");
  }

  #uninitialised() {
    return this.#error("has no shape: it was saved before it had any content. Save it again with its values.");
  }

  read(): StoredArray {
    const magic = this.#reader.uint32(this.#subject);
    if (magic === NDARRAY_V1_MAGIC) return this.#legacy(this.#shape64(this.#subject));
    if (magic !== NDARRAY_V2_MAGIC && magic !== NDARRAY_V3_MAGIC) {
      if (magic > MAX_RANK) {
        const hex = magic.toString(16).padStart(8, "0");
        throw this.#error(
          `starts with 0x${hex}, neither an array's magic number nor a number of axes.`,
          undefined,
          magic,
        );
      }
      return this.#legacy(this.#shape(magic, 4));
    }
    const storage = this.#reader.int32(`storage type of ${this.#subject}`);
    if (storage === DEFAULT_STORAGE) return this.#dense(magic === NDARRAY_V3_MAGIC);
    if (storage === ROW_SPARSE_STORAGE || storage === CSR_STORAGE) return this.#sparse(storage);
    throw this.#error(
      `has storage type ${storage}, expected 0 (dense), 1 (row_sparse) or 2 (csr).`,
      [0, 1, 2],
      storage,
    );
  }

  #dense(numpyShape: boolean): HostArray {
    const shape = this.#shape64(this.#subject);
    if (shape.length === 0 && !numpyShape) throw this.#uninitialised();
    this.#context();
    return this.#array(this.#dtype(`type flag of ${this.#subject}`), shape, "");
  }

  #sparse(storage: typeof ROW_SPARSE_STORAGE | typeof CSR_STORAGE): SparseArray {
    const stored = this.#shape64(`stored part of ${this.#subject}`);
    const shape = this.#shape64(this.#subject);
    this.#context();
    const dtype = this.#dtype(`type flag of ${this.#subject}`);
    const index = () => {
      const type = this.#indexDtype(`index type of ${this.#subject}`);
      return { dtype: type, shape: this.#shape64(`indices of ${this.#subject}`) };
    };
    if (storage === CSR_STORAGE) {
      const indptr = index();
      const indices = index();
      const consistent = shape.length === 2 && stored.length === 1 && indptr.shape.length === 1;
      if (!consistent || indices.shape.length !== 1 || indices.shape[0] !== stored[0]) {
        throw this.#inconsistent("csr", shape, stored, [indptr.shape, indices.shape]);
      }
      const data = this.#array(dtype, stored, "");
      const pointers: IndexArray = this.#array(indptr.dtype, indptr.shape, " of row pointers");
      return {
        stype: "csr",
        dtype,
        shape,
        data,
        indptr: pointers,
        indices: this.#array(indices.dtype, indices.shape, " of indices"),
      };
    }
    const indices = index();
    // MXNet goes by the number of indices: its own files may give 0 as number of stored rows.
    const [rows = 0] = indices.shape;
    const [announced, ...row] = stored;
    const consistent = indices.shape.length === 1 && (announced === rows || announced === 0);
    if (!consistent || !equalShapes(row, shape.slice(1)))
      throw this.#inconsistent("row_sparse", shape, stored, [indices.shape]);
    const data = this.#array(dtype, [rows, ...row], "");
    return {
      stype: "row_sparse",
      dtype,
      shape,
      data,
      indices: this.#array(indices.dtype, indices.shape, " of indices"),
    };
  }

  #inconsistent(stype: string, shape: Shape, stored: Shape, indices: readonly Shape[]) {
    const found = indices.map((each) => formatShape(each)).join(" and ");
    return this.#error(
      `is ${stype} of shape ${formatShape(shape)} with stored shape ${formatShape(stored)} and index shapes ${found}, which do not fit together.`,
    );
  }
}

/** The format of the array that begins where the reader stands, which does not move. */
export function formatOfBlob(reader: ByteReader, subject: string): ParamsFormat {
  const magic = reader.uint32(subject);
  reader.offset -= 4;
  return FORMAT_OF_MAGIC.get(magic) ?? "V0";
}

/**
 * Reads one array where the reader stands, in any of MXNet's formats V0 to V3. The indices of a sparse array are not
 * looked at; see `sparseFault`.
 *
 * @param subject  what to call the array in messages, e.g. `array 3 of 12`.
 * @param shared   let the array be the bytes themselves where it can; see `arrayOverBytes`.
 * @throws FormatError  the bytes are no array, or end too early.
 */
export function readNDArrayBlob(reader: ByteReader, subject: string, shared = false): StoredArray {
  return new BlobReader(reader, subject, shared).read();
}

function writeShape(writer: ByteWriter, shape: Shape): void {
  writer.int32(shape.length);
  for (const size of shape) writer.int64(size);
}

function writeContext(writer: ByteWriter): void {
  writer.int32(CPU_DEVICE);
  writer.int32(0);
}

function writeSparse(writer: ByteWriter, array: SparseArray): void {
  const indices = array.stype === "csr" ? [array.indptr, array.indices] : [array.indices];
  writer.int32(array.stype === "csr" ? CSR_STORAGE : ROW_SPARSE_STORAGE);
  writeShape(writer, array.data.shape);
  writeShape(writer, array.shape);
  writeContext(writer);
  writer.int32(DTYPES[array.dtype].flag);
  for (const index of indices) {
    writer.int32(DTYPES[index.dtype].flag);
    writeShape(writer, index.shape);
  }
  writer.bytes(bytesOfArray(array.data));
  for (const index of indices) writer.bytes(bytesOfArray(index));
}

/**
 * Writes one array as MXNet 1.9.1 does: format V2, or V3 under NumPy's shape rules.
 *
 * @param subject   what to call the array in messages.
 * @param numpyShape  write V3, which MXNet reads only under `with mx.util.np_shape(True)`.
 * @throws ShapeError  V2 cannot hold a scalar or an array without elements: there these shapes mean "unknown".
 */
export function writeNDArrayBlob(writer: ByteWriter, array: StoredArray, subject: string, numpyShape: boolean): void {
  if (isSparse(array)) {
    writer.uint32(NDARRAY_V2_MAGIC);
    writeSparse(writer, array);
    return;
  }
  if (!numpyShape && (array.shape.length === 0 || array.shape.includes(0))) {
    throw new ShapeError(
      `${subject} has shape ${formatShape(array.shape)}; MXNet's usual format holds no scalars and no arrays without elements. Give it the shape (1,), or write with { numpyShape: true }.`,
      { argument: subject, actual: array.shape },
    );
  }
  writer.uint32(numpyShape ? NDARRAY_V3_MAGIC : NDARRAY_V2_MAGIC);
  writer.int32(DEFAULT_STORAGE);
  writeShape(writer, array.shape);
  writeContext(writer);
  writer.int32(DTYPES[array.dtype].flag);
  writer.bytes(bytesOfArray(array));
}
