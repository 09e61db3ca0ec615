import { keysScored } from "./interleaved-attention-kernels.ts";

/** Kernels of _contrib_interleaved_matmul_selfatt_qk. */
export const interleavedMatmulSelfattQkKernels = keysScored(3);
