import type { SliceLikeAttributes } from "@mxgraft/operators";
import { latticeKernels } from "./lattice-kernels.ts";

/** Kernels of slice_like. */
export const sliceLikeKernels = latticeKernels<SliceLikeAttributes>((_, data) => ({
  begin: data.map(() => 0),
  step: data.map(() => 1),
}));
