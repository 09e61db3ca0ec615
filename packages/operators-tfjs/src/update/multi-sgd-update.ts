import { multiSgdKernels } from "./multi-sgd-kernels.ts";

/** Kernels of multi_sgd_update. */
export const multiSgdUpdateKernels = multiSgdKernels({ slots: 0, momentum: false, mixed: false });
