import { classesOf } from "@mxgraft/center-loss";
import type * as tf from "@tensorflow/tfjs";

interface Checked {
  readonly numClass: number;
  readonly classes: Int32Array;
}

// Backward needs the labels that forward read; values of a tensor never change, so its data is a safe key.
const checked = new WeakMap<object, Checked>();

function find(label: tf.Tensor, numClass: number): Int32Array | undefined {
  const found = checked.get(label.dataId);
  return found?.numClass === numClass ? found.classes : undefined;
}

function check(label: tf.Tensor, values: ArrayLike<number>, numClass: number): Int32Array {
  const classes = classesOf(values, numClass);
  checked.set(label.dataId, { numClass, classes });
  return classes;
}

/**
 * The classes of a batch in JavaScript memory, read back once for each label tensor, without waiting.
 *
 * @throws ValueError  a label is no class index.
 */
export function batchLabelsSync(label: tf.Tensor, numClass: number): Int32Array {
  return find(label, numClass) ?? check(label, label.dataSync(), numClass);
}

/** As `batchLabelsSync`, for backends that can only be read asynchronously. */
export async function batchLabels(label: tf.Tensor, numClass: number): Promise<Int32Array> {
  return find(label, numClass) ?? check(label, await label.data(), numClass);
}
