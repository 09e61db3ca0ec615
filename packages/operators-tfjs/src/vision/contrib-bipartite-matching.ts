import type { BipartiteMatchingAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { readFloats } from "./read-floats.ts";

/** Writes the pairs of one matrix of scores. */
function match(
  scores: Float32Array,
  rows: Float32Array,
  columns: Float32Array,
  { is_ascend, threshold, topk }: BipartiteMatchingAttributes,
): void {
  const sign = is_ascend ? -1 : 1;
  const order = [...scores.keys()].sort((i, j) => sign * ((scores[j] ?? 0) - (scores[i] ?? 0)));
  let count = 0;
  for (const place of order) {
    const [row, column] = [Math.floor(place / columns.length), place % columns.length];
    if (rows[row] !== -1 || columns[column] !== -1) continue;
    if (!(sign * (scores[place] ?? 0) > sign * Math.fround(threshold))) break;
    rows[row] = column;
    columns[column] = row;
    count++;
    // As MXNet counts.
    if (topk > 0 && count > topk) break;
  }
}

/** On the host: each pair depends on all better ones. */
const portable: TfjsKernel<BipartiteMatchingAttributes> = {
  asynchronous: true,
  async forward({ attributes, inputs: [data], outputShapes: [rowShape = [], columnShape = []] }) {
    if (!data) return [];
    const [n, m] = [rowShape.at(-1) ?? 1, columnShape.at(-1) ?? 1];
    const scores = await readFloats(data);
    const stack = scores.length / (n * m);
    const rows = new Float32Array(stack * n).fill(-1);
    const columns = new Float32Array(stack * m).fill(-1);
    for (let b = 0; b < stack; b++) {
      const own = rows.subarray(b * n, (b + 1) * n);
      match(scores.subarray(b * n * m, (b + 1) * n * m), own, columns.subarray(b * m, (b + 1) * m), attributes);
    }
    return [tf.tensor(rows, [...rowShape]), tf.tensor(columns, [...columnShape])];
  },
  backward: () => [],
};

/** Kernels of _contrib_bipartite_matching. */
export const bipartiteMatchingKernels: KernelTable<BipartiteMatchingAttributes> = { portable };
