import { multiSgdKernels } from "./multi-sgd-kernels.ts";

/** Kernels of preloaded_multi_sgd_mom_update. */
export const preloadedMultiSgdMomUpdateKernels = multiSgdKernels({ slots: 1, momentum: true, mixed: false });
