import { truncate } from "./truncate.ts";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of trunc. */
export const truncKernels = unaryKernels({
  forward: truncate,
});
