import type { EmbeddingAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { boundedIndex } from "./bounded-index.ts";
import { addRows, takeRows } from "./rows.ts";

const portable: TfjsKernel<EmbeddingAttributes> = {
  forward({ attributes: { input_dim }, inputs: [data, weight], outputShapes: [shape] }) {
    if (!data || !weight || !shape) return [];
    return [tf.reshape(takeRows(weight, boundedIndex(data, input_dim, "clip")), [...shape])];
  },
  backward({ attributes: { input_dim }, headGradients: [dy], inputs: [data], wanted: [, wantsWeight] }) {
    if (!dy || !data || !wantsWeight) return [];
    return [undefined, addRows(dy, boundedIndex(data, input_dim, "clip"), input_dim)];
  },
};

/** Kernels of Embedding. */
export const embeddingKernels: KernelTable<EmbeddingAttributes> = { portable };
