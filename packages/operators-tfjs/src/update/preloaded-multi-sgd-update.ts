import { multiSgdKernels } from "./multi-sgd-kernels.ts";

/** Kernels of preloaded_multi_sgd_update. */
export const preloadedMultiSgdUpdateKernels = multiSgdKernels({ slots: 0, momentum: false, mixed: false });
