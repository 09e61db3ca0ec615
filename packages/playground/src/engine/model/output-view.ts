import { toFloat32 } from "@mxgraft/base";
import type { HostArray } from "mxgraft";
import type { OutputView } from "../../protocol/model-messages.ts";

/** Classes that are shown. */
const MOST_CLASSES = 10;

/** What the page shows of an output. */
export function outputView(name: string, array: HostArray): OutputView {
  const values = toFloat32(array);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  const [, width = 0] = array.shape;
  const isScores = array.shape.length === 2 && width > 1;
  const top = isScores
    ? Array.from(values.subarray(0, width), (value, index) => ({ index, value }))
        .sort((a, b) => b.value - a.value || a.index - b.index)
        .slice(0, MOST_CLASSES)
    : [];
  return { name, shape: array.shape, min, max, mean: sum / values.length, top };
}
