import { modulo } from "./modulo.ts";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _mod_scalar. */
export const modScalarKernels = scalarKernels({
  forward: modulo,
  slope: () => 1,
});
