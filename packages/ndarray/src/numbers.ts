import { DTYPES, type DType, float16ToNumber, numberToFloat16, type TypedArray } from "@mxgraft/base";

/** Typed arrays whose elements are JavaScript numbers as they stand. */
export type NumberArray = Float32Array | Float64Array | Uint8Array | Int32Array | Int8Array;

/**
 * The elements as numbers: the array itself where it holds numbers, else a decoded copy (float16 as float32; int64 as
 * float64, exact up to 2^53).
 */
export function numbersOf(data: TypedArray): NumberArray {
  if (data instanceof BigInt64Array) return Float64Array.from(data, Number);
  if (!(data instanceof Uint16Array)) return data;
  const values = new Float32Array(data.length);
  for (let i = 0; i < values.length; i++) values[i] = float16ToNumber(data[i] ?? 0);
  return values;
}

/** Writes numbers into elements of a data type, by C's rules for casts. */
export function storeNumbers(values: ArrayLike<number>, dtype: DType, target: TypedArray): void {
  if (target instanceof BigInt64Array) {
    for (let i = 0; i < target.length; i++) {
      const whole = Math.trunc(values[i] ?? 0);
      target[i] = Number.isFinite(whole) ? BigInt(whole) : 0n;
    }
  } else if (dtype === "float16") {
    for (let i = 0; i < target.length; i++) target[i] = numberToFloat16(values[i] ?? 0);
  } else if (dtype === "bool") {
    for (let i = 0; i < target.length; i++) target[i] = values[i] === 0 ? 0 : 1;
  } else {
    target.set(values);
  }
}

/**
 * Memory for `size` elements, filled by `fill` with plain numbers: in place where the data type holds numbers as they
 * stand, through float64 otherwise.
 */
export function buildNumbers(dtype: DType, size: number, fill: (target: NumberArray) => void): TypedArray {
  const data = new DTYPES[dtype].array(size);
  if (data instanceof BigInt64Array || data instanceof Uint16Array || dtype === "bool") {
    const values = new Float64Array(size);
    fill(values);
    storeNumbers(values, dtype, data);
  } else {
    fill(data);
  }
  return data;
}
