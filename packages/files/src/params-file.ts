import type { StoredArray } from "./sparse-array.ts";

/** One array of a `.params` file. */
export interface ParamsEntry {
  /** Absent in a list, which `mx.nd.save` writes when it is given arrays without names. */
  readonly name?: string;
  readonly array: StoredArray;
}

/** What a `.params` file holds, in its order. Either all entries have names or none has. */
export interface ParamsFile {
  readonly entries: readonly ParamsEntry[];
}

/** The arrays by name; of two with the same name the last, as `mx.nd.load` gives it. Arrays without names are left out. */
export function arraysByName(file: ParamsFile): Map<string, StoredArray> {
  const arrays = new Map<string, StoredArray>();
  for (const { name, array } of file.entries) if (name !== undefined) arrays.set(name, array);
  return arrays;
}
