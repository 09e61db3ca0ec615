import { both } from "./logical-and.ts";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _logical_and_scalar. */
export const logicalAndScalarKernels = scalarKernels({
  forward: both.forward,
});
