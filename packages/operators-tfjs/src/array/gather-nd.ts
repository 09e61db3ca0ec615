import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { rowsAt } from "./coordinates.ts";
import { addRows, takeRows } from "./rows.ts";

const portable: TfjsKernel<NoAttributes> = {
  forward({ inputs: [data, indices], outputShapes: [shape] }) {
    if (!data || !indices || !shape) return [];
    const { ids, rows } = rowsAt(indices, data.shape);
    return [tf.reshape(takeRows(tf.reshape(data, [rows, data.size / rows]), ids), [...shape])];
  },
  backward({ headGradients: [dy], inputs: [, indices], inputShapes: [shape] }) {
    if (!dy || !indices || !shape) return [];
    const { ids, rows } = rowsAt(indices, shape);
    return [tf.reshape(addRows(dy, ids, rows), [...shape])];
  },
};

/** Kernels of gather_nd. */
export const gatherNdKernels: KernelTable<NoAttributes> = { portable };
