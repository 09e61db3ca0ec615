import type { DType, HostArray } from "@mxgraft/base";

/** Names of data types in safetensors files. */
export const SAFETENSORS_TYPES: ReadonlyMap<string, DType> = new Map([
  ["F32", "float32"],
  ["F64", "float64"],
  ["F16", "float16"],
  ["U8", "uint8"],
  ["I32", "int32"],
  ["I8", "int8"],
  ["I64", "int64"],
  ["BOOL", "bool"],
]);

/** What a safetensors file holds. */
export interface SafetensorsFile {
  readonly tensors: Map<string, HostArray>;
  /** The strings under `__metadata__`. */
  readonly metadata: Map<string, string>;
}
