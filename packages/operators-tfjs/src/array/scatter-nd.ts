import type { ScatterNdAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { rowsAt } from "./coordinates.ts";
import { addRows, takeRows } from "./rows.ts";

const portable: TfjsKernel<ScatterNdAttributes> = {
  forward({ attributes: { shape }, inputs: [data, indices] }) {
    if (!data || !indices) return [];
    const { ids, rows } = rowsAt(indices, shape);
    return [tf.reshape(addRows(data, ids, rows), [...shape])];
  },
  backward({ attributes: { shape }, headGradients: [dy], inputs: [, indices], inputShapes: [given] }) {
    if (!dy || !indices || !given) return [];
    const { ids, rows } = rowsAt(indices, shape);
    return [tf.reshape(takeRows(tf.reshape(dy, [rows, dy.size / rows]), ids), [...given])];
  },
};

/** Kernels of scatter_nd. */
export const scatterNdKernels: KernelTable<ScatterNdAttributes> = { portable };
