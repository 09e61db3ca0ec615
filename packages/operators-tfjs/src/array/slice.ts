import { axisSlice, type SliceAttributes } from "@mxgraft/operators";
import { latticeKernels } from "./lattice-kernels.ts";

/** Kernels of slice. */
export const sliceKernels = latticeKernels<SliceAttributes>((attributes, data) => {
  const axes = data.map((size, axis) => axisSlice(attributes, axis, size));
  return { begin: axes.map(({ begin }) => begin), step: axes.map(({ step }) => step) };
});
