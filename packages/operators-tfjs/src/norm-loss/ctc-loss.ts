import type { CTCLossAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { readFloats } from "../vision/read-floats.ts";
import { ctc } from "./ctc.ts";

/** The labels of each sample: as many as the lengths say, or those before the first padding. */
function unpadded(labels: Float32Array, batch: number, lengths: Float32Array | undefined, padding: number): number[][] {
  const most = labels.length / batch;
  return Array.from({ length: batch }, (_, n) => {
    const row = [...labels.subarray(n * most, (n + 1) * most)].map(Math.trunc);
    const end = lengths ? (lengths[n] ?? 0) : row.indexOf(padding);
    return end < 0 ? row : row.slice(0, end);
  });
}

/** On the host: each step of the recursion is a handful of numbers, far too little for a call to the backend. */
const portable: TfjsKernel<CTCLossAttributes> = {
  asynchronous: true,
  async forward({ attributes, inputs: [data, label, ...lengths] }) {
    if (!data || !label) return [];
    const { blank_label, use_data_lengths, use_label_lengths } = attributes;
    const [steps = 0, batch = 0, classes = 0] = data.shape;
    const [values, labels, ...read] = await Promise.all([data, label, ...lengths].map(readFloats));
    if (!values || !labels) return [];
    const dataLengths = use_data_lengths ? read[0] : undefined;
    const labelLengths = use_label_lengths ? read.at(-1) : undefined;
    const { losses, gradient } = ctc({
      data: values,
      steps,
      batch,
      classes,
      labels: unpadded(labels, batch, labelLengths, blank_label === "first" ? 0 : -1),
      lengths: Array.from({ length: batch }, (_, n) => dataLengths?.[n] ?? steps),
      blank: blank_label === "first" ? 0 : classes - 1,
    });
    return [tf.tensor(losses, [batch]), tf.tensor(gradient, data.shape)];
  },
  async backward({ outputs: [, gradient], headGradients: [dy] }) {
    return gradient && dy ? [tf.tidy(() => tf.mul(gradient, tf.reshape(dy, [1, -1, 1])))] : [];
  },
};

/** Kernels of CTCLoss. */
export const ctcLossKernels: KernelTable<CTCLossAttributes> = { portable };
