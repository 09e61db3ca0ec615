import { multiSgdKernels } from "./multi-sgd-kernels.ts";

/** Kernels of multi_mp_sgd_mom_update. */
export const multiMpSgdMomUpdateKernels = multiSgdKernels({ slots: 2, momentum: true, mixed: true });
