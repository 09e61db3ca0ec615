import { normalizeAxis } from "@mxgraft/base";
import type { TakeAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { aroundAxis } from "./around-axis.ts";
import { boundedIndex } from "./bounded-index.ts";
import { addRows, multiples } from "./rows.ts";

const portable: TfjsKernel<TakeAttributes> = {
  forward({ attributes, inputs: [a, indices], outputShapes: [shape] }) {
    if (!a || !indices || !shape) return [];
    const axis = normalizeAxis(attributes.axis, a.rank, 'attribute "axis"');
    const ids = tf.reshape(boundedIndex(indices, a.shape[axis] ?? 1, attributes.mode), [indices.size]);
    return [tf.reshape(tf.gather(a, ids, axis), [...shape])];
  },
  backward({ attributes, headGradients: [dy], inputs: [, indices], inputShapes: [shape] }) {
    if (!dy || !indices || !shape) return [];
    const axis = normalizeAxis(attributes.axis, shape.length, 'attribute "axis"');
    const [outer, size] = aroundAxis(shape, axis);
    const ids = tf.reshape(boundedIndex(indices, size, attributes.mode), [1, indices.size]);
    const all = outer === 1 ? ids : tf.add(ids, tf.reshape(multiples(outer, size), [outer, 1]));
    return [tf.reshape(addRows(dy, all, outer * size), [...shape])];
  },
};

/** Kernels of take. */
export const takeKernels: KernelTable<TakeAttributes> = { portable };
