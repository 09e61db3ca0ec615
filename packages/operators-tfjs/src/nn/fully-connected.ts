import type { Shape } from "@mxgraft/base";
import type { FullyConnectedAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { sumToChannels } from "./sum-to-channels.ts";

/** Data as the matrix (rows, K) that the weight (H, K) multiplies. */
function asMatrix(x: tf.Tensor, columns: number): tf.Tensor2D {
  return tf.reshape(x, [x.size / columns, columns]);
}

function reshaped(x: tf.Tensor, shape: Shape | undefined): tf.Tensor {
  return shape ? tf.reshape(x, [...shape]) : x;
}

const portable: TfjsKernel<FullyConnectedAttributes> = {
  forward({ inputs: [data, weight, bias], outputShapes: [shape] }) {
    if (!data || !weight) return [];
    const product = tf.matMul(asMatrix(data, weight.shape[1] ?? 1), weight, false, true);
    const output = bias ? tf.add(product, tf.reshape(bias, [bias.size])) : product;
    return [reshaped(output, shape)];
  },
  backward({ inputs: [data, weight], headGradients: [head], wanted, inputShapes }) {
    if (!data || !weight || !head) return [];
    const [wantsData, wantsWeight, wantsBias] = wanted;
    const dy = asMatrix(head, weight.shape[0] ?? 1);
    return [
      wantsData ? reshaped(tf.matMul(dy, weight), inputShapes[0]) : undefined,
      wantsWeight ? tf.matMul(dy, asMatrix(data, weight.shape[1] ?? 1), true, false) : undefined,
      wantsBias ? reshaped(sumToChannels(dy), inputShapes[2]) : undefined,
    ];
  },
};

/** Kernels of FullyConnected. */
export const fullyConnectedKernels: KernelTable<FullyConnectedAttributes> = { portable };
