// The array
export type { AxisIndex } from "./axis-index.ts";
export { NDArray, type NDArraySource } from "./nd-array.ts";
export type { Nested } from "./nested.ts";
export type { NumberArray } from "./numbers.ts";
export type { ReduceOptions } from "./reduce.ts";

// The functions of mx.nd
export { nd } from "./nd.ts";
