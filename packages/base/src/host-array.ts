import { DTYPES, type DType, type DTypeArrays, type TypedArray } from "./dtype.ts";
import { ShapeError } from "./errors.ts";
import { float16ToNumber, numberToFloat16 } from "./float16.ts";
import { formatShape, type Shape, sizeOf } from "./shape.ts";

/** A dense array in JavaScript memory, row-major: what files hold and what goes to and comes from a backend. */
export interface HostArray<D extends DType = DType> {
  readonly dtype: D;
  readonly shape: Shape;
  /** `sizeOf(shape)` elements; may be a view into a larger buffer. */
  readonly data: DTypeArrays[D];
}

/**
 * @param data  the elements, used as they are, not copied; zeros when left out.
 * @throws ShapeError  the number of elements is not that of the shape.
 */
export function hostArray<D extends DType>(dtype: D, shape: Shape, data?: DTypeArrays[D]): HostArray<D> {
  const size = sizeOf(shape);
  if (data === undefined) return { dtype, shape: [...shape], data: new DTYPES[dtype].array(size) };
  if (data.length !== size) {
    throw new ShapeError(`An array of shape ${formatShape(shape)} has ${size} elements; ${data.length} were given.`, {
      expected: size,
      actual: data.length,
    });
  }
  return { dtype, shape: [...shape], data };
}

/** A float32 array from plain numbers. */
export function float32Array(shape: Shape, values?: ArrayLike<number>): HostArray<"float32"> {
  return hostArray("float32", shape, values === undefined ? undefined : Float32Array.from(values));
}

function isDTypeOf<D extends DType>(array: HostArray, dtype: D): array is HostArray<D> {
  return array.dtype === dtype;
}

/** The elements as JavaScript numbers in a float32 array; the array's own memory when it is float32 already. */
export function toFloat32(array: HostArray): Float32Array {
  if (isDTypeOf(array, "float32")) return array.data;
  const values = new Float32Array(array.data.length);
  for (let i = 0; i < values.length; i++) values[i] = numberAt(array.data, array.dtype, i);
  return values;
}

/** One element as a number; an int64 beyond 2^53 is rounded. */
export function numberAt(data: TypedArray, dtype: DType, index: number): number {
  const value = data[index] ?? 0;
  return dtype === "float16" ? float16ToNumber(Number(value)) : Number(value);
}

/**
 * The same numbers in another data type, by C's rules for casts: towards zero for integers, wrapping around at their
 * ends, nearest for floats, `bool` true for everything but 0. Always a copy.
 */
export function castHostArray<D extends DType>(array: HostArray, dtype: D): HostArray<D> {
  const target = hostArray(dtype, array.shape);
  const { data } = target;
  for (let i = 0; i < data.length; i++) {
    if (data instanceof BigInt64Array) {
      const exact = array.data[i] ?? 0;
      if (typeof exact === "bigint") {
        data[i] = exact;
        continue;
      }
      const whole = Math.trunc(numberAt(array.data, array.dtype, i));
      data[i] = Number.isFinite(whole) ? BigInt(whole) : 0n;
      continue;
    }
    const value = numberAt(array.data, array.dtype, i);
    if (dtype === "float16") data[i] = numberToFloat16(value);
    else if (dtype === "bool") data[i] = value !== 0 ? 1 : 0;
    else data[i] = value;
  }
  return target;
}
