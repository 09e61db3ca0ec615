import type { Shape } from "@mxgraft/base";
import type { FullyConnectedAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { given } from "./given.ts";
import { sumToChannels } from "./sum-to-channels.ts";

/** Data as the matrix (rows, K) that the weight (H, K) multiplies. */
function asMatrix(x: tf.Tensor, columns: number): tf.Tensor2D {
  return tf.reshape(x, [x.size / columns, columns]);
}

function reshaped(x: tf.Tensor, shape: Shape | undefined): tf.Tensor {
  return shape ? tf.reshape(x, [...shape]) : x;
}

const portable: TfjsKernel<FullyConnectedAttributes> = {
  forward({ inputs, outputShapes: [shape] }) {
    const data = given(inputs[0], "data");
    const weight = given(inputs[1], "weight");
    const bias = inputs[2];
    const product = tf.matMul(asMatrix(data, weight.shape[1] ?? 1), weight, false, true);
    const output = bias ? tf.add(product, tf.reshape(bias, [bias.size])) : product;
    return [reshaped(output, shape)];
  },
  backward({ inputs, headGradients: [head], wanted, inputShapes }) {
    if (!head) return [];
    const data = given(inputs[0], "data");
    const weight = given(inputs[1], "weight");
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
