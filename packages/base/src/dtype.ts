import { DTypeError } from "./errors.ts";

/** Data types of MXNet arrays, by their NumPy names. */
export type DType = "float32" | "float64" | "float16" | "uint8" | "int32" | "int8" | "int64" | "bool";

/** The typed array that holds elements of a data type; `float16` is kept as its 16 bits, `bool` as bytes 0 and 1. */
export interface DTypeArrays {
  float32: Float32Array;
  float64: Float64Array;
  float16: Uint16Array;
  uint8: Uint8Array;
  int32: Int32Array;
  int8: Int8Array;
  int64: BigInt64Array;
  bool: Uint8Array;
}

export type TypedArray = DTypeArrays[DType];

interface DTypeFacts<D extends DType> {
  /** `type_flag` in .params files and `dtype` attributes (mshadow/base.h). */
  readonly flag: number;
  /** Bytes an element takes. */
  readonly bytes: number;
  readonly array: {
    new (length: number): DTypeArrays[D];
    new (buffer: ArrayBuffer, byteOffset?: number, length?: number): DTypeArrays[D];
  };
}

export const DTYPES: { readonly [D in DType]: DTypeFacts<D> } = {
  float32: { flag: 0, bytes: 4, array: Float32Array },
  float64: { flag: 1, bytes: 8, array: Float64Array },
  float16: { flag: 2, bytes: 2, array: Uint16Array },
  uint8: { flag: 3, bytes: 1, array: Uint8Array },
  int32: { flag: 4, bytes: 4, array: Int32Array },
  int8: { flag: 5, bytes: 1, array: Int8Array },
  int64: { flag: 6, bytes: 8, array: BigInt64Array },
  bool: { flag: 7, bytes: 1, array: Uint8Array },
};

export function isDType(name: string): name is DType {
  return Object.hasOwn(DTYPES, name);
}

/**
 * The data type of an MXNet type flag.
 *
 * @throws DTypeError  the flag is none of 0..7.
 */
export function dtypeOfFlag(flag: number): DType {
  for (const name of Object.keys(DTYPES)) {
    if (isDType(name) && DTYPES[name].flag === flag) return name;
  }
  throw new DTypeError(
    `Type flag ${flag} is not known; expected 0..7 (float32, float64, float16, uint8, int32, int8, int64, bool).`,
    {
      actual: flag,
    },
  );
}
