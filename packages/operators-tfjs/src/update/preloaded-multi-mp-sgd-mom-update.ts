import { multiSgdKernels } from "./multi-sgd-kernels.ts";

/** Kernels of preloaded_multi_mp_sgd_mom_update. */
export const preloadedMultiMpSgdMomUpdateKernels = multiSgdKernels({ slots: 2, momentum: true, mixed: true });
