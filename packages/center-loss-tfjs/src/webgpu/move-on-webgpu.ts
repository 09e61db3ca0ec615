import { elementProgram, runProgramInto, type WebgpuBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { occurrencesOf } from "../occurrences.ts";

/** The rows of a batch by class, as numbers that one buffer holds. */
interface RowsByClass {
  /** K, how many classes occur. */
  readonly groups: number;
  /** (K) classes, (K + 1) where the rows of each begin in what follows, (N) rows. */
  readonly numbers: Int32Array;
}

function rowsByClass(classes: Int32Array): RowsByClass {
  const { distinct, group, count } = occurrencesOf(classes);
  const groups = distinct.length;
  const numbers = new Int32Array(2 * groups + 1 + classes.length);
  numbers.set(distinct);
  const starts = numbers.subarray(groups, 2 * groups + 1);
  for (const [k, rows] of count.entries()) starts[k + 1] = (starts[k] ?? 0) + rows;
  const rows = numbers.subarray(2 * groups + 1);
  const next = starts.slice();
  for (const [row, k] of group.entries()) {
    const place = next[k] ?? 0;
    rows[place] = row;
    next[k] = place + 1;
  }
  return { groups, numbers };
}

/**
 * Moves the centers of the classes that occur, in the buffer that holds them: c_y += alpha * sum(diff of class y) / (1 + n_y).
 *
 * One thread for each element of each class that occurs; it adds up the rows of its class in their order, so that results
 * are the same in every run. No other row of the table is read or written, and no copy of the table is made.
 *
 * @param centers  (C, D), changed in place.
 * @param diff     (N, D)
 */
export function moveOnWebgpu(
  backend: WebgpuBackend,
  centers: tf.Tensor,
  classes: Int32Array,
  diff: tf.Tensor,
  alpha: number,
): void {
  const { groups, numbers } = rowsByClass(classes);
  const program = elementProgram("centerLossMove", {
    inputs: ["diff", "rows"],
    uniforms: "groups : i32, alpha : f32,",
    outputShape: [groups, diff.shape[1] ?? 1],
    code: `
      let size = uniforms.diffShape.y;
      let group = index / size;
      let column = index - group * size;
      let begin = rows[uniforms.groups + group];
      let end = rows[uniforms.groups + group + 1];
      var sum = 0.0;
      for (var i = begin; i < end; i++) {
        sum += diff[rows[2 * uniforms.groups + 1 + i] * size + column];
      }
      let place = rows[group] * size + column;
      result[place] += uniforms.alpha * sum / f32(1 + end - begin);`,
  });
  tf.tidy(() => {
    runProgramInto(backend, program, [diff, tf.tensor1d(numbers, "int32")], centers, [
      { type: "int32", data: [groups] },
      { type: "float32", data: [alpha] },
    ]);
  });
}
