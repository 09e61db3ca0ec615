// The array

// The functions of mx.nd
export { nd } from "./nd.ts";
export { type AxisIndex, NDArray, type NDArraySource } from "./nd-array.ts";
export type { Nested } from "./nested.ts";
export type { NumberArray } from "./numbers.ts";
export type { ReduceOptions } from "./reduce.ts";
