import { type HostArray, numberAt } from "@mxgraft/base";

/** The numbers of an array in a few words; `null` when there are none. */
export interface ArraySummary {
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Elements that are no finite number; they do not count in the others. */
  readonly notFinite: number;
}

export function summarizeArray({ data, dtype }: HostArray): ArraySummary {
  let [min, max, sum, notFinite] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (let i = 0; i < data.length; i++) {
    const value = numberAt(data, dtype, i);
    if (!Number.isFinite(value)) {
      notFinite++;
      continue;
    }
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  const count = data.length - notFinite;
  if (count === 0) return { min: null, max: null, mean: null, notFinite };
  return { min, max, mean: sum / count, notFinite };
}
