import { DTYPES, type DType, type HostArray, hostArray, type Shape } from "@mxgraft/base";

/** The bytes of an array, little-endian (as every machine that runs JavaScript stores them); a view, not a copy. */
export function bytesOfArray(array: HostArray): Uint8Array {
  return new Uint8Array(array.data.buffer, array.data.byteOffset, array.data.byteLength);
}

/**
 * An array from little-endian bytes. Always a copy: a file's bytes are rarely aligned, and an array that is kept must
 * not keep the whole file in memory.
 */
export function arrayFromBytes<D extends DType>(dtype: D, shape: Shape, bytes: Uint8Array): HostArray<D> {
  const copy = new Uint8Array(bytes.length);
  copy.set(bytes);
  // NumPy and MXNet write 0 and 1, but nothing keeps a file from holding other bytes.
  if (dtype === "bool") for (let i = 0; i < copy.length; i++) copy[i] = copy[i] === 0 ? 0 : 1;
  return hostArray(dtype, shape, new DTYPES[dtype].array(copy.buffer));
}

/**
 * An array that is the bytes themselves, where they lie as its type needs them; otherwise a copy. It keeps the whole
 * file in memory as long as it is kept, which suits those who read all of it.
 */
export function arrayOverBytes<D extends DType>(dtype: D, shape: Shape, bytes: Uint8Array): HostArray<D> {
  const { bytes: size, array } = DTYPES[dtype];
  const { buffer, byteOffset, length } = bytes;
  const fits = dtype !== "bool" && buffer instanceof ArrayBuffer && byteOffset % size === 0;
  return fits
    ? hostArray(dtype, shape, new array(buffer, byteOffset, length / size))
    : arrayFromBytes(dtype, shape, bytes);
}
