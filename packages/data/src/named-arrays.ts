import { type HostArray, UsageError } from "@mxgraft/base";

/** One array, several, or several with names, as `mx.io.NDArrayIter` takes them. */
export type ArraysInput =
  | HostArray
  | readonly HostArray[]
  | ReadonlyMap<string, HostArray>
  | { readonly [name: string]: HostArray };

function isHostArray(input: ArraysInput): input is HostArray {
  return "dtype" in input && typeof input.dtype === "string";
}

function isList(input: ArraysInput): input is readonly HostArray[] {
  return Array.isArray(input);
}

function isMap(input: ArraysInput): input is ReadonlyMap<string, HostArray> {
  return input instanceof Map;
}

/** By code points, as Python sorts strings; `<` alone would compare UTF-16 units. */
function compareNames(a: string, b: string): number {
  const [x, y] = [[...a], [...b]];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const difference = (x[i]?.codePointAt(0) ?? 0) - (y[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}

/**
 * The arrays with their names in MXNet's order: one array takes the default name, several `_0_data`, `_1_data`, ...,
 * and all are sorted by name (so `_10_data` comes before `_1_data`).
 *
 * @throws UsageError  there is no array.
 */
export function namedArrays(input: ArraysInput, defaultName: string): (readonly [name: string, array: HostArray])[] {
  let named: (readonly [string, HostArray])[];
  if (isHostArray(input)) named = [[defaultName, input]];
  else if (isMap(input)) named = [...input];
  else if (!isList(input)) named = Object.entries(input);
  else if (input.length === 1) named = input.map((array) => [defaultName, array]);
  else named = input.map((array, i) => [`_${i}_${defaultName}`, array]);
  if (named.length === 0)
    throw new UsageError(`"${defaultName}" has no arrays; give at least one.`, { argument: defaultName });
  return named.sort(([a], [b]) => compareNames(a, b));
}
