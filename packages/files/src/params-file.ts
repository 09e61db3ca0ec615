import type { StoredArray } from "./sparse-array.ts";

/** One array of a `.params` file. */
export interface ParamsEntry {
  /** Absent in a list, which `mx.nd.save` writes when it is given arrays without names. */
  readonly name?: string;
  readonly array: StoredArray;
}

/** The age of an array in a file: V0 has sizes of 32 bits, V1 of 64; V2, MXNet 1.x, knows sparse arrays; V3 NumPy's shapes. */
export type ParamsFormat = "V0" | "V1" | "V2" | "V3";

/** What a `.params` file holds, in its order. Either all entries have names or none has. */
export interface ParamsFile {
  readonly entries: readonly ParamsEntry[];
  /** The format of each entry. */
  readonly formats: readonly ParamsFormat[];
}

/** The arrays by name; of two with the same name the last, as `mx.nd.load` gives it. Arrays without names are left out. */
export function arraysByName(file: ParamsFile): Map<string, StoredArray> {
  const arrays = new Map<string, StoredArray>();
  for (const { name, array } of file.entries) if (name !== undefined) arrays.set(name, array);
  return arrays;
}
