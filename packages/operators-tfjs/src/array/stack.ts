import { normalizeAxis } from "@mxgraft/base";
import type { StackAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { part } from "./part.ts";

const portable: TfjsKernel<StackAttributes> = {
  forward({ attributes, inputs }) {
    const rank = (inputs[0]?.rank ?? 0) + 1;
    return [tf.stack([...inputs], normalizeAxis(attributes.axis, rank, 'attribute "axis"'))];
  },
  backward({ attributes, headGradients: [dy], inputShapes, wanted }) {
    if (!dy) return [];
    const axis = normalizeAxis(attributes.axis, dy.rank, 'attribute "axis"');
    return inputShapes.map((shape, i) => (wanted[i] ? tf.reshape(part(dy, axis, i, 1), [...shape]) : undefined));
  },
};

/** Kernels of stack. */
export const stackKernels: KernelTable<StackAttributes> = { portable };
