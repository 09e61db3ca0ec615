import { transposedAxes } from "@mxgraft/operators";
import { permutationKernels } from "./permutation-kernels.ts";

/** Kernels of transpose. */
export const transposeKernels = permutationKernels(transposedAxes);
