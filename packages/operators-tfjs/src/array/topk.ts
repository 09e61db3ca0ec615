import type { TopkAttributes } from "@mxgraft/operators";
import { type KernelTable, type TfjsKernel, tensorType } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { ordered, putBack } from "./ordered.ts";

/** How many elements are chosen, from the attribute that means all when it is less than 1. */
function countOf({ k, axis }: TopkAttributes, x: tf.Tensor): number {
  const size = axis === null ? x.size : (x.shape.at(axis) ?? 1);
  return k < 1 ? size : k;
}

const portable: TfjsKernel<TopkAttributes> = {
  forward({ attributes, inputs: [x] }) {
    if (!x) return [];
    const { axis, ret_typ, is_ascend, dtype } = attributes;
    const { values, indices } = ordered(x, { axis, ascending: is_ascend }, countOf(attributes, x));
    switch (ret_typ) {
      case "indices":
        return [tf.cast(indices, tensorType(dtype))];
      case "mask":
        return [putBack(tf.onesLike(values), indices, axis, x.shape)];
      default:
        return [values, tf.cast(indices, tensorType(dtype))];
    }
  },
  backward({ attributes: { axis }, headGradients: [dy], outputs: [, indices], inputShapes: [shape] }) {
    return dy && indices && shape ? [putBack(dy, indices, axis, shape)] : [];
  },
};

/** Kernels of topk. */
export const topkKernels: KernelTable<TopkAttributes> = { portable };
