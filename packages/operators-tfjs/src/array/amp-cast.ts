import { castKernels } from "./cast.ts";

/** Kernels of amp_cast. */
export const ampCastKernels = castKernels;
