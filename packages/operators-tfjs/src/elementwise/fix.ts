import { truncate } from "./truncate.ts";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of fix. */
export const fixKernels = unaryKernels({
  forward: truncate,
});
