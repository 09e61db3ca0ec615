import { invariant } from "@mxgraft/base";
import type { CenterLossAttributes } from "@mxgraft/center-loss";
import type { StateStorage } from "@mxgraft/operator";
import type { StateCell, TensorCell, TfjsBackwardCall, TfjsForwardCall, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { batchLabels, batchLabelsSync } from "./batch-labels.ts";
import { compareOnDevice, moveOnDevice } from "./device-steps.ts";
import { FusedCenterLoss } from "./fused-center-loss.ts";

type Forward = TfjsForwardCall<CenterLossAttributes>;
type Backward = TfjsBackwardCall<CenterLossAttributes>;

interface States {
  readonly diff: TensorCell;
  readonly centers: StateCell;
  readonly sum: TensorCell;
}

export function statesOf([diff, centers, sum]: readonly StateCell[]): States {
  invariant(diff?.kind === "tensor" && centers && sum?.kind === "tensor", "states of centerloss are not in tensors");
  return { diff, centers, sum };
}

/** Data of tensors of zeros made here, so that a step does not make them again. */
const zeros = new WeakSet<object>();

/** Sets the scratch memory of MXNet's operator to 0, as its backward leaves it. */
export function clear(cell: TensorCell): void {
  if (zeros.has(cell.read().dataId)) return;
  cell.write(tf.zeros([...cell.shape]));
  zeros.add(cell.read().dataId);
}

/** Puts the differences of a batch into the first rows of `diff_bias`, which may have more. */
function store(cell: TensorCell, diff: tf.Tensor): void {
  const [n = 0] = diff.shape;
  const [rows = 0, size = 0] = cell.shape;
  cell.write(rows === n ? diff : tf.tidy(() => tf.concat([diff, tf.slice(cell.read(), [n, 0], [rows - n, size])])));
}

export function forward(call: Forward, classes: Int32Array): readonly tf.Tensor[] {
  const [data] = call.inputs;
  const { diff, centers } = statesOf(call.states);
  invariant(data, "centerloss has two arguments");
  return tf.tidy(() => {
    const result = compareOnDevice(data, classes, centers, [1]);
    store(diff, result.diff);
    return [result.loss];
  });
}

function backward(call: Backward, classes: Int32Array): readonly (tf.Tensor | undefined)[] {
  const { diff, centers, sum } = statesOf(call.states);
  clear(sum);
  const [n = 0, size = 0] = call.inputShapes[0] ?? [];
  const { alpha, scale } = call.attributes;
  const gradient = tf.tidy(() => {
    const own = diff.shape[0] === n ? diff.read() : tf.slice(diff.read(), [0, 0], [n, size]);
    moveOnDevice(centers, classes, own, alpha);
    return call.wanted[0] ? tf.mul(own, scale / n) : undefined;
  });
  return [gradient ?? undefined, undefined];
}

export function labelOf(inputs: readonly tf.Tensor[]): tf.Tensor {
  const label = inputs[1];
  invariant(label, "centerloss has two arguments");
  return label;
}

/** Center loss in tfjs operations. Labels are checked and counted in JavaScript: one read of N numbers a batch. */
export const portableKernel: TfjsKernel<CenterLossAttributes> = {
  // Tensors of webgpu and webgl can only be read by waiting.
  asynchronous: true,
  forward: async (call) => forward(call, await batchLabels(labelOf(call.inputs), call.attributes.num_class)),
  backward: async (call) => backward(call, await batchLabels(labelOf(call.inputs), call.attributes.num_class)),
};

function forwardOnVariable(call: Forward): readonly tf.Tensor[] {
  const [data] = call.inputs;
  const label = labelOf(call.inputs);
  const { diff, centers } = statesOf(call.states);
  invariant(data, "centerloss has two arguments");
  const fused = FusedCenterLoss.find(centers, data, label);
  if (fused === undefined) return forward(call, batchLabelsSync(label, call.attributes.num_class));
  const result = fused.forward(data, label, "vector");
  store(diff, result.diff);
  if (diff.read() !== result.diff) result.diff.dispose();
  return [result.loss];
}

function backwardOnVariable(call: Backward): readonly (tf.Tensor | undefined)[] {
  const label = labelOf(call.inputs);
  const { diff, centers, sum } = statesOf(call.states);
  const fused = FusedCenterLoss.find(centers, diff.read(), label);
  if (fused === undefined) return backward(call, batchLabelsSync(label, call.attributes.num_class));
  clear(sum);
  const { alpha, scale } = call.attributes;
  const gradient = fused.backward(diff.read(), label, alpha, scale);
  if (call.wanted[0]) return [gradient, undefined];
  gradient.dispose();
  return [undefined, undefined];
}

/**
 * Center loss with the centers in a variable of the backend, of which only the rows of a batch are read and changed; by
 * the native operators where they are, else by TensorFlow's own.
 */
export const variableKernel: TfjsKernel<CenterLossAttributes> = {
  storage: (): StateStorage[] => ["tensor", "variable", "tensor"],
  forward: forwardOnVariable,
  backward: backwardOnVariable,
};
