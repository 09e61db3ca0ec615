import type { LinspaceAttributes } from "@mxgraft/operators";
import { type KernelTable, type TfjsKernel, tensorType } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<LinspaceAttributes> = {
  forward({ attributes: { start, stop, num, endpoint, dtype } }) {
    const step = (stop - start) / Math.max(endpoint ? num - 1 : num, 1);
    const type = tensorType(dtype);
    const values = Array.from({ length: num }, (_, i) =>
      endpoint && i > 0 && i === num - 1 ? stop : start + i * step,
    );
    return [tf.tensor(type === "float32" ? values : values.map(Math.trunc), [num], type)];
  },
  backward: () => [],
};

/** Kernels of _linspace. */
export const linspaceKernels: KernelTable<LinspaceAttributes> = { portable };
