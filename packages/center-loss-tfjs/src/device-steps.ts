import { type StateCell, webgpuBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { addRows, gatherRows } from "./center-table.ts";
import { occurrencesOf } from "./occurrences.ts";
import { compareOnWebgpu } from "./webgpu/compare-on-webgpu.ts";
import { moveOnWebgpu } from "./webgpu/move-on-webgpu.ts";

/**
 * diff = data - center of the own class (N, D), and the loss, sum |diff|^2 / (2N), as a tensor of `lossShape`.
 *
 * @param centers  a table (C, D).
 */
export function compareOnDevice(
  data: tf.Tensor,
  classes: Int32Array,
  centers: StateCell,
  lossShape: number[],
): { readonly diff: tf.Tensor; readonly loss: tf.Tensor } {
  const webgpu = centers.kind === "tensor" ? webgpuBackend() : undefined;
  if (webgpu && centers.kind === "tensor") return compareOnWebgpu(webgpu, data, classes, centers.read(), lossShape);
  return tf.tidy(() => {
    const diff = tf.sub(data, gatherRows(centers, classes));
    const loss = tf.mul(tf.sum(tf.square(diff)), 0.5 / classes.length);
    return { diff, loss: tf.reshape(loss, lossShape) };
  });
}

/** Moves the centers of the classes that occur: c_y += alpha * sum(diff of class y) / (1 + n_y), diff being (N, D). */
export function moveOnDevice(centers: StateCell, classes: Int32Array, diff: tf.Tensor, alpha: number): void {
  const webgpu = centers.kind === "tensor" ? webgpuBackend() : undefined;
  if (webgpu && centers.kind === "tensor") {
    moveOnWebgpu(webgpu, centers.read(), classes, diff, alpha);
    return;
  }
  const { group, count } = occurrencesOf(classes);
  const steps = Float32Array.from(group, (k) => alpha / (1 + (count[k] ?? 0)));
  tf.tidy(() => addRows(centers, classes, tf.mul(diff, tf.tensor2d(steps, [steps.length, 1]))));
}
