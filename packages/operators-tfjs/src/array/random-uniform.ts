import { sizeOf } from "@mxgraft/base";
import type { RandomUniformAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { randomFill } from "../nn/random-fill.ts";

const portable: TfjsKernel<RandomUniformAttributes> = {
  forward({ attributes: { low, high }, outputShapes: [shape = []], random }) {
    // 24 bits: float32 could round more of them up to high.
    const values = randomFill(sizeOf(shape), random, (bits) => low + ((bits >>> 8) / 2 ** 24) * (high - low));
    return [tf.tensor(values, [...shape])];
  },
  backward: () => [],
};

/** Kernels of _random_uniform. */
export const randomUniformKernels: KernelTable<RandomUniformAttributes> = { portable };
