import { DTypeError, invariant } from "@mxgraft/base";
import type { HostCell, StateCell } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import type { Floats } from "./center-loss-on-host.ts";
import { occurrencesOf } from "./occurrences.ts";

/**
 * The memory of a host cell.
 *
 * @throws DTypeError  its elements are no floats that JavaScript can compute with.
 */
export function floatsOf(cell: HostCell): Floats {
  const { data } = cell.array.toHost();
  if (data instanceof Float32Array || data instanceof Float64Array) return data;
  throw new DTypeError(`Array "${cell.name}" is ${cell.dtype}, expected float32 or float64.`, {
    argument: cell.name,
    actual: cell.dtype,
  });
}

/** Rows of a table (C, D) by class, a new tensor (N, D). */
export function gatherRows(table: StateCell, classes: Int32Array): tf.Tensor {
  switch (table.kind) {
    case "variable":
      return tf.tidy(() => table.variable.gather(tf.tensor1d(classes, "int32")));
    case "tensor":
      return tf.tidy(() => tf.gather(table.read(), tf.tensor1d(classes, "int32")));
    case "host": {
      const size = table.shape[1] ?? 0;
      const values = floatsOf(table);
      const rows = new Float32Array(classes.length * size);
      for (const [row, index] of classes.entries()) {
        rows.set(values.subarray(index * size, (index + 1) * size), row * size);
      }
      return tf.tensor2d(rows, [classes.length, size]);
    }
    default:
      return table satisfies never;
  }
}

/**
 * Adds `updates` (N, D) to the rows `classes` of a table (C, D) in place; a class may occur more than once.
 *
 * Only a tensor, which cannot be changed, costs a copy of the table: nothing else touches other rows.
 */
export function addRows(table: StateCell, classes: Int32Array, updates: tf.Tensor): void {
  switch (table.kind) {
    case "variable":
      tf.tidy(() => table.variable.scatterAdd(tf.tensor1d(classes, "int32"), updates));
      return;
    case "tensor":
      table.write(tf.tidy(() => withRowsAdded(table.read(), classes, updates)));
      return;
    case "host": {
      const size = table.shape[1] ?? 0;
      const values = floatsOf(table);
      const added = updates.dataSync();
      invariant(added.length === classes.length * size, "updates have another shape than the rows they change");
      for (const [row, index] of classes.entries()) {
        for (let i = 0; i < size; i++) {
          const to = index * size + i;
          values[to] = (values[to] ?? 0) + (added[row * size + i] ?? 0);
        }
      }
      return;
    }
    default:
      table satisfies never;
  }
}

function withRowsAdded(table: tf.Tensor, classes: Int32Array, updates: tf.Tensor): tf.Tensor {
  const { distinct, group } = occurrencesOf(classes);
  const size = table.shape[1] ?? 0;
  // Sums over the distinct classes first: tensorScatterUpdate keeps one of several rows, and a scatter over all classes
  // would visit each element of the table for each row of the batch.
  const sums = tf.scatterND(tf.tensor2d(group, [group.length, 1], "int32"), updates, [distinct.length, size]);
  const rows = tf.add(tf.gather(table, tf.tensor1d(distinct, "int32")), sums);
  return tf.tensorScatterUpdate(table, tf.tensor2d(distinct, [distinct.length, 1], "int32"), rows);
}
