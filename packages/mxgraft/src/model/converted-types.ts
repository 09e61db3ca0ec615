import type { DType, HostArray } from "@mxgraft/base";
import { tensorType } from "@mxgraft/tfjs";

/** Arrays of one data type that TensorFlow.js does not have, and what they are computed as. */
export interface ConvertedType {
  readonly from: DType;
  readonly to: DType;
  readonly names: readonly string[];
}

/**
 * Which arrays cannot be kept as they are: TensorFlow.js has float32, int32 and bool only.
 *
 * @param typeOf  the data type that the graph was bound with for this name.
 */
export function convertedTypes(
  arrays: ReadonlyMap<string, HostArray>,
  typeOf: (name: string) => DType | undefined,
): ConvertedType[] {
  const found = new Map<string, { from: DType; to: DType; names: string[] }>();
  for (const [name, { dtype: from }] of arrays) {
    const bound = typeOf(name);
    if (tensorType(from) === from || bound === undefined) continue;
    const to = tensorType(bound);
    const key = `${from} ${to}`;
    const group = found.get(key) ?? { from, to, names: [] };
    group.names.push(name);
    found.set(key, group);
  }
  return [...found.values()];
}
