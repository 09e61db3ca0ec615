import { triangularPlaces } from "@mxgraft/operators";
import { partExtracted } from "./matrix-part-kernels.ts";

/** Kernels of _linalg_extracttrian. */
export const linalgExtracttrianKernels = partExtracted(triangularPlaces);
