import { either } from "./logical-or.ts";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _logical_or_scalar. */
export const logicalOrScalarKernels = scalarKernels({
  forward: either.forward,
});
