import type { NoAttributes } from "@mxgraft/operators";
import { pickedKernels } from "./picked-kernels.ts";

/** Kernels of batch_take. */
export const batchTakeKernels = pickedKernels<NoAttributes>((_, [rows = 1, columns = 1]) => ({
  around: [rows, columns, 1],
  mode: "clip",
}));
