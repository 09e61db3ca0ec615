import { type CropAttributes, cropOffset } from "@mxgraft/operators";
import { latticeKernels } from "./lattice-kernels.ts";

/** Kernels of Crop. */
export const cropKernels = latticeKernels<CropAttributes>((attributes, data, output) => ({
  begin: [0, 0, ...cropOffset(attributes, data.slice(2), output.slice(2))],
  step: data.map(() => 1),
}));
