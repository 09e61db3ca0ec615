import type { FilledAttributes } from "@mxgraft/operators";
import { filledKernels } from "./filled-kernels.ts";

/** Kernels of _zeros. */
export const zerosKernels = filledKernels<FilledAttributes>(() => 0);
