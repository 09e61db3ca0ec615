import { diagonalPlaces } from "@mxgraft/operators";
import { partExtracted } from "./matrix-part-kernels.ts";

/** Kernels of _linalg_extractdiag. */
export const linalgExtractdiagKernels = partExtracted(diagonalPlaces);
