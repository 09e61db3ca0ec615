import { DTYPES, type DType, DTypeError, type HostArray, ShapeError } from "@mxgraft/base";
import { bytesOfArray } from "./array-bytes.ts";
import { ByteWriter } from "./byte-writer.ts";

const IDX_CODES: Partial<Record<DType, number>> = {
  uint8: 0x08,
  int8: 0x09,
  int32: 0x0c,
  float32: 0x0d,
  float64: 0x0e,
};

/**
 * The bytes of an idx file, not packed.
 *
 * @throws DTypeError  idx has no such type: it holds uint8, int8, int32, float32 and float64.
 * @throws ShapeError  the array is a scalar or has more than 255 axes.
 */
export function writeIdx(array: HostArray): Uint8Array {
  const code = IDX_CODES[array.dtype];
  if (code === undefined) {
    throw new DTypeError(`idx files hold no ${array.dtype}, only ${Object.keys(IDX_CODES).join(", ")}.`, {
      actual: array.dtype,
    });
  }
  const rank = array.shape.length;
  if (rank === 0 || rank > 255)
    throw new ShapeError(`idx files hold arrays of 1 to 255 axes; this one has ${rank}.`, { actual: rank });
  const header = new Uint8Array(4 + 4 * rank);
  const view = new DataView(header.buffer);
  view.setUint32(0, (code << 8) | rank);
  for (const [axis, size] of array.shape.entries()) view.setUint32(4 + 4 * axis, size);
  const elements = bytesOfArray(array).slice();
  const { bytes } = DTYPES[array.dtype];
  for (let start = 0; bytes > 1 && start < elements.length; start += bytes)
    elements.subarray(start, start + bytes).reverse();
  const writer = new ByteWriter();
  writer.bytes(header);
  writer.bytes(elements);
  return writer.join();
}
