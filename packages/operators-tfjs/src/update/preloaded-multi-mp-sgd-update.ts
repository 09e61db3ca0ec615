import { multiSgdKernels } from "./multi-sgd-kernels.ts";

/** Kernels of preloaded_multi_mp_sgd_update. */
export const preloadedMultiMpSgdUpdateKernels = multiSgdKernels({ slots: 1, momentum: false, mixed: true });
