import { concatKernels } from "./concat.ts";

/** Kernels of _rnn_param_concat. */
export const rnnParamConcatKernels = concatKernels;
