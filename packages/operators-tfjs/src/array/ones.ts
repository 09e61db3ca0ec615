import type { FilledAttributes } from "@mxgraft/operators";
import { filledKernels } from "./filled-kernels.ts";

/** Kernels of _ones. */
export const onesKernels = filledKernels<FilledAttributes>(() => 1);
