import { digamma, logGamma } from "./gamma-function.ts";
import { numberKernels } from "./number-kernels.ts";

/** Kernels of gammaln. */
export const gammalnKernels = numberKernels({ forward: logGamma, slope: digamma });
