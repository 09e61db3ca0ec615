import { oneOnly } from "./logical-xor.ts";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _logical_xor_scalar. */
export const logicalXorScalarKernels = scalarKernels({
  forward: oneOnly.forward,
});
