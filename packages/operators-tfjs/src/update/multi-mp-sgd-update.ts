import { multiSgdKernels } from "./multi-sgd-kernels.ts";

/** Kernels of multi_mp_sgd_update. */
export const multiMpSgdUpdateKernels = multiSgdKernels({ slots: 1, momentum: false, mixed: true });
