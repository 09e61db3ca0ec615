import { valuesWeighted } from "./interleaved-attention-kernels.ts";

/** Kernels of _contrib_interleaved_matmul_encdec_valatt. */
export const interleavedMatmulEncdecValattKernels = valuesWeighted(2);
