import { valuesWeighted } from "./interleaved-attention-kernels.ts";

/** Kernels of _contrib_interleaved_matmul_selfatt_valatt. */
export const interleavedMatmulSelfattValattKernels = valuesWeighted(3);
