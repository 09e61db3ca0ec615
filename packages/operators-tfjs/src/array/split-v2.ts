import { normalizeAxis } from "@mxgraft/base";
import { type SplitV2Attributes, splitBounds } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import { joinParts, splitParts } from "./split-parts.ts";

const portable: TfjsKernel<SplitV2Attributes> = {
  forward({ attributes, inputs: [data], outputShapes }) {
    if (!data) return [];
    const axis = normalizeAxis(attributes.axis, data.rank, 'attribute "axis"');
    const bounds = splitBounds(attributes, data.shape[axis] ?? 0);
    return splitParts(data, axis, bounds, (i) => outputShapes[i] ?? []);
  },
  backward({ attributes, headGradients, inputShapes: [shape] }) {
    if (!shape) return [];
    const axis = normalizeAxis(attributes.axis, shape.length, 'attribute "axis"');
    return [joinParts(headGradients, axis, splitBounds(attributes, shape[axis] ?? 0), shape)];
  },
};

/** Kernels of _split_v2. */
export const splitV2Kernels: KernelTable<SplitV2Attributes> = { portable };
