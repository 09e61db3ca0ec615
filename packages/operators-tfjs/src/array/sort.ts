import type { SortAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import { ordered, putBack } from "./ordered.ts";

const portable: TfjsKernel<SortAttributes> = {
  forward({ attributes: { axis, is_ascend }, inputs: [x] }) {
    if (!x) return [];
    const count = axis === null ? x.size : (x.shape.at(axis) ?? 1);
    const { values, indices } = ordered(x, { axis, ascending: is_ascend }, count);
    return [values, indices];
  },
  backward({ attributes: { axis }, headGradients: [dy], outputs: [, indices], inputShapes: [shape] }) {
    return dy && indices && shape ? [putBack(dy, indices, axis, shape)] : [];
  },
};

/** Kernels of sort. */
export const sortKernels: KernelTable<SortAttributes> = { portable };
