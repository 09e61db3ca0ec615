import type { BatchNormAttributes, SyncBatchNormAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { batchNormKernels } from "./batch-norm.ts";
import { given } from "./given.ts";

function asBatchNorm(attributes: SyncBatchNormAttributes): BatchNormAttributes {
  return { ...attributes, axis: 1, cudnn_off: false, min_calib_range: null, max_calib_range: null };
}

const batchNorm = given(batchNormKernels.portable, "BatchNorm");

function now<T>(result: T | Promise<T>): T {
  if (result instanceof Promise) throw new Error("internal: BatchNorm waits for nothing");
  return result;
}

/** BatchNorm, which hands over 1 / sqrt(variance + eps) where this has the variance. */
const portable: TfjsKernel<SyncBatchNormAttributes> = {
  layouts: (attributes, ...shapes) =>
    batchNorm.layouts?.(asBatchNorm(attributes), ...shapes) ?? { arguments: [], outputs: [] },
  forward(call) {
    const [output, mean, inverse, ...gamma] = now(
      batchNorm.forward({ ...call, attributes: asBatchNorm(call.attributes) }),
    );
    if (!output || !mean || !inverse) return [];
    return [output, mean, tf.sub(tf.reciprocal(tf.square(inverse)), call.attributes.eps), ...gamma];
  },
  backward(call) {
    const [output, mean, variance] = call.outputs;
    if (!output || !mean || !variance || !batchNorm.backward) return [];
    const inverse = tf.rsqrt(tf.add(variance, call.attributes.eps));
    const outputs = [output, mean, inverse];
    return now(batchNorm.backward({ ...call, attributes: asBatchNorm(call.attributes), outputs }));
  },
};

/** Kernels of _contrib_SyncBatchNorm. */
export const syncBatchNormKernels: KernelTable<SyncBatchNormAttributes> = { portable };
