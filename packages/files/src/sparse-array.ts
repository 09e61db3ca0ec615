import {
  DTYPES,
  type DType,
  formatShape,
  type HostArray,
  hostArray,
  type Shape,
  sizeOf,
  ValueError,
} from "@mxgraft/base";

/** Rows that are not zero (MXNet's `row_sparse`): row `indices[i]` of the array is `data[i]`. */
export interface RowSparseArray<D extends DType = DType> {
  readonly stype: "row_sparse";
  readonly dtype: D;
  readonly shape: Shape;
  /** Shape `(rows, ...shape.slice(1))`. */
  readonly data: HostArray<D>;
  /** Shape `(rows,)`: int64, or int32. */
  readonly indices: HostArray<"int64" | "int32">;
}

/** A matrix in compressed rows (MXNet's `csr`): row r holds elements `indptr[r]` to `indptr[r + 1]` of `data`. */
export interface CsrArray<D extends DType = DType> {
  readonly stype: "csr";
  readonly dtype: D;
  readonly shape: Shape;
  /** Shape `(elements,)`. */
  readonly data: HostArray<D>;
  /** Shape `(rows + 1,)`: int64, or int32. */
  readonly indptr: HostArray<"int64" | "int32">;
  /** Column of each element, shape `(elements,)`: int64, or int32. */
  readonly indices: HostArray<"int64" | "int32">;
}

export type SparseArray = RowSparseArray | CsrArray;

/** What a `.params` file can hold under one name. */
export type StoredArray = HostArray | SparseArray;

export function isSparse(array: StoredArray): array is SparseArray {
  return "stype" in array;
}

/** What is wrong with the indices of a sparse array, as the end of a sentence; `undefined` if nothing is. */
export function sparseFault(array: SparseArray): string | undefined {
  const rows = array.shape[0] ?? 0;
  const bound = array.stype === "csr" ? (array.shape[1] ?? 0) : rows;
  for (const [i, index] of array.indices.data.entries()) {
    if (index < 0 || index >= bound) {
      const axis = array.stype === "csr" ? "columns" : "rows";
      return `index ${index} of element ${i} is out of range: shape ${formatShape(array.shape)} has ${bound} ${axis}`;
    }
  }
  if (array.stype === "row_sparse") return undefined;
  const pointers = array.indptr.data;
  if (pointers.length !== rows + 1) return `it has ${pointers.length} row pointers, expected ${rows + 1}`;
  for (let r = 0; r < rows; r++) {
    const start = Number(pointers[r] ?? 0);
    const end = Number(pointers[r + 1] ?? 0);
    if (start > end) return `row pointer ${r} is ${start}, more than the next, ${end}`;
  }
  const [first, last] = [Number(pointers[0] ?? 0), Number(pointers[rows] ?? 0)];
  if (first !== 0 || last !== array.data.data.length) {
    return `its row pointers go from ${first} to ${last}, expected 0 to ${array.data.data.length}`;
  }
  return undefined;
}

/** Where the i-th stored block of a sparse array belongs in the dense one, counted in blocks. */
function* positions(array: SparseArray): Generator<number> {
  if (array.stype === "row_sparse") {
    for (const index of array.indices.data) yield Number(index);
    return;
  }
  const columns = array.shape[1] ?? 0;
  for (let r = 0; r + 1 < array.indptr.data.length; r++) {
    const end = Number(array.indptr.data[r + 1] ?? 0);
    for (let i = Number(array.indptr.data[r] ?? 0); i < end; i++)
      yield r * columns + Number(array.indices.data[i] ?? 0);
  }
}

/**
 * The dense array with zeros filled in; a dense array is given back as it is.
 *
 * @param maxBytes  refuse to make a larger array: a few bytes of a sparse file can stand for any size. Default 2^30.
 * @throws ValueError  the dense array would be larger than `maxBytes`.
 */
export function toDense(array: StoredArray, maxBytes: number = 2 ** 30): HostArray {
  if (!isSparse(array)) return array;
  const bytes = sizeOf(array.shape) * DTYPES[array.dtype].bytes;
  if (!(bytes <= maxBytes)) {
    throw new ValueError(
      `A dense array of shape ${formatShape(array.shape)} ${array.dtype} takes ${bytes} bytes, more than the ${maxBytes} allowed. Raise maxBytes if that is meant.`,
      { expected: maxBytes, actual: bytes },
    );
  }
  const dense = hostArray(array.dtype, array.shape);
  const block = array.stype === "csr" ? 1 : sizeOf(array.shape.slice(1));
  const from = new Uint8Array(array.data.data.buffer, array.data.data.byteOffset, array.data.data.byteLength);
  const to = new Uint8Array(dense.data.buffer);
  const blockBytes = block * DTYPES[array.dtype].bytes;
  let i = 0;
  for (const position of positions(array)) {
    to.set(from.subarray(i * blockBytes, (i + 1) * blockBytes), position * blockBytes);
    i++;
  }
  return dense;
}
