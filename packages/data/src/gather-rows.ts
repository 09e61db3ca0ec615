import { type HostArray, hostArray } from "@mxgraft/base";

/**
 * The given rows of an array, in the order given.
 *
 * @param axis    the axis that counts the rows.
 * @param target  an array of the result's type and shape to put them in; a new one when left out.
 */
export function gatherRows(array: HostArray, rows: ArrayLike<number>, axis: number, target?: HostArray): HostArray {
  const before = array.shape.slice(0, axis);
  const after = array.shape.slice(axis + 1);
  const gathered = target ?? hostArray(array.dtype, [...before, rows.length, ...after]);
  const outer = before.reduce((product, size) => product * size, 1);
  const bytes = array.data.BYTES_PER_ELEMENT * after.reduce((product, size) => product * size, 1);
  const count = array.shape[axis] ?? 0;
  const from = new Uint8Array(array.data.buffer, array.data.byteOffset, array.data.byteLength);
  const to = new Uint8Array(gathered.data.buffer);
  let offset = 0;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < rows.length; i++) {
      const start = (o * count + (rows[i] ?? 0)) * bytes;
      to.set(from.subarray(start, start + bytes), offset);
      offset += bytes;
    }
  }
  return gathered;
}
