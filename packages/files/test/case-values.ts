import { type DType, type HostArray, numberAt, sizeOf } from "@mxgraft/base";

/** The bytes of a case, stored as base64. */
export function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64"));
}

/** Numbers as the cases write them: JSON has no NaN, no infinity and no negative zero. */
export function numbers(values: readonly (number | string | boolean)[]): number[] {
  return values.map(Number);
}

/** What is compared of an array: everything, as plain data. */
export function plain(array: HostArray): { dtype: DType; shape: readonly number[]; values: number[] } {
  const values = Array.from({ length: sizeOf(array.shape) }, (_, i) => numberAt(array.data, array.dtype, i));
  return { dtype: array.dtype, shape: array.shape, values };
}
