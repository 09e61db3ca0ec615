import type { MakeLossAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<MakeLossAttributes> = {
  forward: ({ inputs: [data] }) => (data ? [tf.clone(data)] : []),
  backward({ attributes, inputs: [data], inputShapes: [shape = []] }) {
    const { grad_scale, normalization, valid_thresh } = attributes;
    if (normalization === "valid" && data) {
      const valid = tf.sum(tf.cast(tf.greater(data, valid_thresh), "float32"));
      return [tf.mul(tf.ones([...shape]), tf.div(grad_scale, tf.maximum(valid, 1)))];
    }
    return [tf.fill([...shape], normalization === "batch" ? grad_scale / (shape[0] ?? 1) : grad_scale)];
  },
};

/** Kernels of MakeLoss. */
export const makeLossKernels: KernelTable<MakeLossAttributes> = { portable };
