import { normalizeAxis } from "@mxgraft/base";
import { type SliceAxisAttributes, sliceAxisBounds } from "@mxgraft/operators";
import { latticeKernels } from "./lattice-kernels.ts";

/** Kernels of slice_axis. */
export const sliceAxisKernels = latticeKernels<SliceAxisAttributes>((attributes, data) => {
  const axis = normalizeAxis(attributes.axis, data.length, 'attribute "axis"');
  const [begin] = sliceAxisBounds(attributes, data[axis] ?? 0);
  return { begin: data.map((_, i) => (i === axis ? begin : 0)), step: data.map(() => 1) };
});
