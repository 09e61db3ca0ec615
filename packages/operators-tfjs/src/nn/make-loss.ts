import type { MakeLossAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { given } from "./given.ts";

const portable: TfjsKernel<MakeLossAttributes> = {
  forward: ({ inputs: [data] }) => [tf.clone(given(data, "data"))],
  backward({ attributes, inputs: [data], inputShapes: [shape = []] }) {
    const { grad_scale, normalization, valid_thresh } = attributes;
    if (normalization === "valid") {
      const valid = tf.sum(tf.cast(tf.greater(given(data, "data"), valid_thresh), "float32"));
      return [tf.mul(tf.ones([...shape]), tf.div(grad_scale, tf.maximum(valid, 1)))];
    }
    return [tf.fill([...shape], normalization === "batch" ? grad_scale / (shape[0] ?? 1) : grad_scale)];
  },
};

/** Kernels of MakeLoss. */
export const makeLossKernels: KernelTable<MakeLossAttributes> = { portable };
