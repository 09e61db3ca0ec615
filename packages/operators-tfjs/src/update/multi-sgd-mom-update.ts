import { multiSgdKernels } from "./multi-sgd-kernels.ts";

/** Kernels of multi_sgd_mom_update. */
export const multiSgdMomUpdateKernels = multiSgdKernels({ slots: 1, momentum: true, mixed: false });
