import type { RegressionOutputAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

interface Regression {
  forward(x: tf.Tensor): tf.Tensor;
  /** What the gradient is, up to a factor, from output - label. */
  slope(difference: tf.Tensor): tf.Tensor;
}

/** The kernels of a regression loss. */
export function regressionOutputKernels({ forward, slope }: Regression): KernelTable<RegressionOutputAttributes> {
  const portable: TfjsKernel<RegressionOutputAttributes> = {
    forward: ({ inputs: [data] }) => (data ? [forward(data)] : []),
    backward({ attributes: { grad_scale }, inputs: [, label], outputs: [output] }) {
      if (!label || !output) return [];
      const outputsOfSample = label.size / (label.shape[0] ?? 1);
      const difference = tf.sub(output, tf.cast(tf.reshape(label, output.shape), "float32"));
      return [tf.mul(slope(difference), grad_scale / outputsOfSample)];
    },
  };
  return { portable };
}
