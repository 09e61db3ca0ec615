import type { HostArray } from "@mxgraft/base";

/** Parameters and auxiliary states by name, in MXNet's layout. */
export interface Parameters {
  readonly argParams: ReadonlyMap<string, HostArray>;
  readonly auxParams: ReadonlyMap<string, HostArray>;
}

/** Arrays by name. */
export type ArraysByName = ReadonlyMap<string, HostArray> | Readonly<Record<string, HostArray>>;

export function arrayMap(arrays: ArraysByName | null | undefined): ReadonlyMap<string, HostArray> | null {
  if (arrays === null || arrays === undefined) return null;
  return arrays instanceof Map ? arrays : new Map(Object.entries(arrays));
}
