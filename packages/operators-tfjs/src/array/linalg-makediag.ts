import { diagonalPlaces } from "@mxgraft/operators";
import { partPlaced } from "./matrix-part-kernels.ts";

/** Kernels of _linalg_makediag. */
export const linalgMakediagKernels = partPlaced(diagonalPlaces);
