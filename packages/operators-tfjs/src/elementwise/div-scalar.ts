import { divide } from "./divide.ts";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _div_scalar. */
export const divScalarKernels = scalarKernels({
  forward: divide,
  slope: (_x, _y, scalar) => 1 / scalar,
});
