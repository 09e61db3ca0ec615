import type { ArgsortAttributes } from "@mxgraft/operators";
import { type KernelTable, type TfjsKernel, tensorType } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { ordered } from "./ordered.ts";

const portable: TfjsKernel<ArgsortAttributes> = {
  forward({ attributes: { axis, is_ascend, dtype }, inputs: [x] }) {
    if (!x) return [];
    const count = axis === null ? x.size : (x.shape.at(axis) ?? 1);
    return [tf.cast(ordered(x, { axis, ascending: is_ascend }, count).indices, tensorType(dtype))];
  },
  backward: () => [],
};

/** Kernels of argsort. */
export const argsortKernels: KernelTable<ArgsortAttributes> = { portable };
