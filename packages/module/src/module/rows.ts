import { formatShape, type HostArray, hostArray, ShapeError } from "@mxgraft/base";

/**
 * The array without its last `pad` rows, if it has one row for each of the batch; an output such as a loss, which has
 * not, is left as it is.
 */
export function withoutPad(array: HostArray, batchSize: number | undefined, pad: number): HostArray {
  const [rows, ...row] = array.shape;
  if (pad === 0 || rows === undefined || rows !== batchSize) return array;
  const left = hostArray(array.dtype, [Math.max(0, rows - pad), ...row]);
  copyInto(left.data, array, 0);
  return left;
}

/** Copies what there is room for. */
function copyInto(target: HostArray["data"], { data }: HostArray, offset: number): void {
  const length = Math.min(data.length, target.length - offset);
  // The same twice: arrays of big and of plain integers are different types, which cannot be copied into each other.
  if (target instanceof BigInt64Array) {
    if (data instanceof BigInt64Array) target.set(data.subarray(0, length), offset);
  } else if (!(data instanceof BigInt64Array)) target.set(data.subarray(0, length), offset);
}

/**
 * The rows of several arrays in one, in order.
 *
 * @param subject  whose arrays they are, for the message.
 * @throws ShapeError  their rows have different shapes or types.
 */
export function joinRows(arrays: readonly [HostArray, ...HostArray[]], subject: string): HostArray {
  const [first] = arrays;
  const row = first.shape.slice(1);
  let rows = 0;
  for (const { shape, dtype } of arrays) {
    const fits =
      dtype === first.dtype && shape.length === first.shape.length && row.every((size, i) => size === shape[i + 1]);
    if (!fits) {
      throw new ShapeError(
        `${subject} has shape ${formatShape(first.shape)} in one batch and ${formatShape(shape)} in another; their rows cannot be joined. Take the batches one by one with iterPredict().`,
        { argument: subject, expected: first.shape, actual: shape },
      );
    }
    rows += shape[0] ?? 1;
  }
  const joined = hostArray(first.dtype, [rows, ...row]);
  let offset = 0;
  for (const array of arrays) {
    copyInto(joined.data, array, offset);
    offset += array.data.length;
  }
  return joined;
}
