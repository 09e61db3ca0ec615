import { invariant } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";
import { batchLabelsSync } from "./batch-labels.ts";
import { ClassCenters } from "./class-centers.ts";
import { compareOnDevice, moveOnDevice } from "./device-steps.ts";
import { FusedCenterLoss } from "./fused-center-loss.ts";

/** Name of the kernel and of its gradient in the registry of TensorFlow.js. */
export const CENTER_LOSS = "CenterLoss";

const BACKENDS = ["cpu", "wasm", "tensorflow", "webgl", "webgpu"] as const;

function centersOf(attributes: tf.NamedAttrMap | undefined): ClassCenters {
  const id = attributes?.centers;
  const centers = typeof id === "number" ? ClassCenters.find(id) : undefined;
  invariant(centers, `the class centers number ${String(id)} are not there; were they disposed?`);
  return centers;
}

/** Inputs of a kernel and tensors saved for a gradient are tensors, though their types promise less. */
function tensorOf(value: unknown, name: string): tf.Tensor {
  invariant(value instanceof tf.Tensor, `"${name}" of ${CENTER_LOSS} is no tensor`);
  return value;
}

/** Moves the centers and gives the gradient of scale times the loss, scale/N * diff. */
function moveAndWeigh(centers: ClassCenters, diff: tf.Tensor, labels: tf.Tensor): tf.Tensor {
  const fused = FusedCenterLoss.find(centers.cell, diff, labels);
  if (fused !== undefined) return fused.backward(diff, labels, centers.alpha, centers.scale);
  const classes = batchLabelsSync(labels, centers.numClass);
  moveOnDevice(centers.cell, classes, diff, centers.alpha);
  return tf.mul(diff, centers.scale / classes.length);
}

/**
 * Registers center loss as a kernel of TensorFlow.js with its gradient, for every backend; again does no harm.
 *
 *   inputs   features (N, D), labels (N); attribute `centers`, the number of a `ClassCenters`
 *   outputs  loss, a scalar; diff (N, D) for the gradient
 *   gradient of features: head gradient * scale/N * diff; then the centers move
 */
export function registerCenterLossKernel(): void {
  for (const backendName of BACKENDS) {
    if (tf.getKernel(CENTER_LOSS, backendName)) continue;
    tf.registerKernel({
      kernelName: CENTER_LOSS,
      backendName,
      kernelFunc({ inputs, attrs }) {
        const centers = centersOf(attrs);
        const features = tensorOf(inputs.features, "features");
        const labels = tensorOf(inputs.labels, "labels");
        const fused = FusedCenterLoss.find(centers.cell, features, labels);
        const classes = () => batchLabelsSync(labels, centers.numClass);
        const { loss, diff } =
          fused?.forward(features, labels, "scalar") ?? compareOnDevice(features, classes(), centers.cell, []);
        return [loss, diff];
      },
    });
  }
  if (tf.getGradient(CENTER_LOSS)) return;
  tf.registerGradient({
    kernelName: CENTER_LOSS,
    inputsToSave: ["labels"],
    outputsToSave: [false, true],
    gradFunc(dy, saved, attrs) {
      const centers = centersOf(attrs);
      const labels = tensorOf(saved[0], "labels");
      const diff = tensorOf(saved[1], "diff");
      const head = tensorOf(Array.isArray(dy) ? dy[0] : dy, "the gradient of the loss");
      // As in MXNet, backward itself moves the centers: a training loop has one place that cannot be forgotten.
      const gradient = moveAndWeigh(centers, diff, labels);
      return {
        features: () => tf.mul(gradient, head),
        labels: () => tf.zeros(labels.shape),
      };
    },
  });
}
