import {
  castHostArray,
  DTYPES,
  type DType,
  DTypeError,
  dtypeOfFlag,
  float16ToNumber,
  float32Array,
  hostArray,
  isDType,
  numberToFloat16,
  ShapeError,
  toFloat32,
} from "@mxgraft/base";
import { describe, expect, test } from "vitest";

test("refuses elements that do not fill the shape", () => {
  expect(() => hostArray("float32", [2, 3], new Float32Array(5))).toThrow(ShapeError);
  expect(() => hostArray("float32", [2, 3], new Float32Array(5))).toThrow(
    "An array of shape (2, 3) has 6 elements; 5 were given.",
  );
});

describe("castHostArray", () => {
  // Expected values by C's rules for casts.
  test.for<[DType, readonly number[], readonly (number | bigint)[]]>([
    ["int32", [1.9, -1.9, 300], [1, -1, 300]],
    ["uint8", [1.9, 300, 255], [1, 44, 255]],
    ["int8", [127, 128, -129], [127, -128, 127]],
    ["int64", [1.9, -3.2, 2 ** 40], [1n, -3n, 1099511627776n]],
    ["bool", [0, 2.5, -1], [0, 1, 1]],
    ["float64", [0.5, 1.25, -2], [0.5, 1.25, -2]],
  ])("float32 to %s", ([dtype, values, expected]) => {
    expect([...castHostArray(float32Array([values.length], values), dtype).data]).toEqual(expected);
  });

  test("float16 goes through its 16 bits", () => {
    const half = castHostArray(float32Array([3], [1, -0.5, 65504]), "float16");
    expect([...half.data]).toEqual([0x3c00, 0xb800, 0x7bff]);
    expect([...toFloat32(half)]).toEqual([1, -0.5, 65504]);
  });

  test("int64 stays exact", () => {
    const big = hostArray("int64", [1], BigInt64Array.of(2n ** 60n + 1n));
    expect(castHostArray(big, "int64").data[0]).toBe(2n ** 60n + 1n);
  });
});

describe("float16", () => {
  test("every pattern of bits that is a number comes back", () => {
    const changed: number[] = [];
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = float16ToNumber(bits);
      if (!Number.isNaN(value) && numberToFloat16(value) !== bits) changed.push(bits);
    }
    expect(changed).toEqual([]);
  });

  // IEEE 754: ties to even; 65520 is half way to the next power of two.
  test.for([
    [1 + 1 / 2048, 1],
    [1 + 3 / 2048, 1 + 2 / 1024],
    [65519, 65504],
    [65520, Number.POSITIVE_INFINITY],
    [2 ** -25, 0],
    [2 ** -24, 2 ** -24],
    [Number.NaN, Number.NaN],
  ])("%d rounds to %d", ([value, expected]) => {
    expect(float16ToNumber(numberToFloat16(value ?? 0))).toBe(expected);
  });
});

test("type flags are those of MXNet's files", () => {
  // mshadow/base.h
  const flags = ["float32", "float64", "float16", "uint8", "int32", "int8", "int64", "bool"];
  expect(flags.map((_, flag) => dtypeOfFlag(flag))).toEqual(flags);
  expect(() => dtypeOfFlag(8)).toThrow(DTypeError);
  expect(Object.keys(DTYPES).every(isDType)).toBe(true);
  expect(isDType("toString")).toBe(false);
});
