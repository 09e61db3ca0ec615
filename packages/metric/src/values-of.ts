import { type HostArray, numberAt } from "@mxgraft/base";

/** The elements as numbers: the array's own memory where JavaScript can read it as it is. */
export function valuesOf(array: HostArray): ArrayLike<number> {
  const { data, dtype } = array;
  if (!(data instanceof BigInt64Array) && dtype !== "float16") return data;
  const values = new Float64Array(data.length);
  for (let i = 0; i < values.length; i++) values[i] = numberAt(data, dtype, i);
  return values;
}

/** The elements cut to integers towards zero, as `astype("int32")` does: labels come as floats. */
export function classesOf(array: HostArray): Float64Array {
  const values = valuesOf(array);
  const classes = new Float64Array(values.length);
  for (let i = 0; i < classes.length; i++) classes[i] = Math.trunc(values[i] ?? 0);
  return classes;
}
