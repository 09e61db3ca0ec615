import { digamma, gamma } from "./gamma-function.ts";
import { numberKernels } from "./number-kernels.ts";

/** Kernels of gamma. */
export const gammaKernels = numberKernels({ forward: gamma, slope: (x) => gamma(x) * digamma(x) });
