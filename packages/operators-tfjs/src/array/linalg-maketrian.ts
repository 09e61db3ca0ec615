import { triangularPlaces } from "@mxgraft/operators";
import { partPlaced } from "./matrix-part-kernels.ts";

/** Kernels of _linalg_maketrian. */
export const linalgMaketrianKernels = partPlaced(triangularPlaces);
