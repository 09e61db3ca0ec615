import { keysScored } from "./interleaved-attention-kernels.ts";

/** Kernels of _contrib_interleaved_matmul_encdec_qk. */
export const interleavedMatmulEncdecQkKernels = keysScored(2);
