import { swappedAxes } from "@mxgraft/operators";
import { permutationKernels } from "./permutation-kernels.ts";

/** Kernels of SwapAxis. */
export const swapAxisKernels = permutationKernels(swappedAxes);
