import type { Shape } from "@mxgraft/base";
import type { FusedKernel } from "@mxgraft/operator";
import type { FullyConnectedAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { finishFused } from "./finish-fused.ts";
import { foldAffine } from "./fold-affine.ts";
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

/** The weight (H, K) with BatchNorm folded in. */
const folded: FusedKernel<FullyConnectedAttributes, tf.Tensor> = {
  choose: (_attributes, _shapes, { affine, activation }) => (affine || activation ? "folded" : undefined),
  prepare: ({ weights: [weight, bias], affine }) =>
    foldAffine(given(weight, "weight"), bias && tf.reshape(bias, [bias.size]), affine, (w, scale) =>
      tf.mul(w, tf.expandDims(scale, 1)),
    ),
  forward({ data, prepared: [weight, bias], residual, activation, outputShape }) {
    const matrix = given(weight, "weight");
    // On wasm, tfjs's fused product adds the bias wrongly where the weight is transposed.
    const product = tf.matMul(asMatrix(data, matrix.shape[1] ?? 1), matrix, false, true);
    const output = tf.reshape(bias ? tf.add(product, bias) : product, [...outputShape]);
    return finishFused(output, { residual, activation });
  },
};

/** Kernels of FullyConnected. */
export const fullyConnectedKernels: KernelTable<FullyConnectedAttributes> = {
  portable: { ...portable, fused: folded },
};
