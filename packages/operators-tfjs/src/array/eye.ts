import type { EyeAttributes } from "@mxgraft/operators";
import { type KernelTable, type TfjsKernel, tensorType } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<EyeAttributes> = {
  forward({ attributes: { N, M, k, dtype } }) {
    const columns = M || N;
    const values = Array.from({ length: N * columns }, (_, i) => (i % columns === Math.floor(i / columns) + k ? 1 : 0));
    return [tf.cast(tf.tensor(values, [N, columns], "float32"), tensorType(dtype))];
  },
  backward: () => [],
};

/** Kernels of _eye. */
export const eyeKernels: KernelTable<EyeAttributes> = { portable };
