import { DTypeError, formatShape, invariant } from "@mxgraft/base";
import type * as tf from "@tensorflow/tfjs";
import { typeAttribute } from "./op-attributes.ts";
import { tfjsNodeBackend } from "./tfjs-node-backend.ts";

/** What `uniqueWithCounts` finds; u is the number of distinct values. */
export interface UniqueCounts {
  /** (u) int32: the distinct values, in the order in which they first occur. */
  readonly values: tf.Tensor;
  /** (n) int32: for each element, which of `values` it is. */
  readonly index: tf.Tensor;
  /** (u) int32: how often each of `values` occurs. */
  readonly counts: tf.Tensor;
}

/**
 * The distinct values of a batch and how often each occurs, computed by TensorFlow without reading anything back. The
 * cost grows with the batch, not with the range of the values.
 *
 * @param labels  (n) int32.
 * @throws BackendError  the backend "tensorflow" is not loaded.
 */
export function uniqueWithCounts(labels: tf.Tensor): UniqueCounts {
  if (labels.dtype !== "int32" || labels.rank !== 1) {
    throw new DTypeError(
      `uniqueWithCounts counts int32 of one axis; ${labels.dtype} ${formatShape(labels.shape)} was given.`,
      { expected: "int32", actual: labels.dtype },
    );
  }
  const backend = tfjsNodeBackend();
  const { binding } = backend;
  const types = [typeAttribute(binding, "T", binding.TF_INT32), typeAttribute(binding, "out_idx", binding.TF_INT32)];
  const ids = backend.getInputTensorIds([labels]);
  const [values, index, counts] = binding
    .executeOp("UniqueWithCounts", types, ids, 3)
    .map((metadata) => backend.createOutputTensor(metadata));
  invariant(values && index && counts, "UniqueWithCounts gave fewer than three arrays");
  return { values, index, counts };
}
