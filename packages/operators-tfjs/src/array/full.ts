import type { FullAttributes } from "@mxgraft/operators";
import { filledKernels } from "./filled-kernels.ts";

/** Kernels of _full. */
export const fullKernels = filledKernels<FullAttributes>(({ value }) => value);
