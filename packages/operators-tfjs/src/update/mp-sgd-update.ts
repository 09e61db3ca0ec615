import type { SgdUpdateAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { mixedUpdateKernels } from "./mixed-update-kernels.ts";
import { sgdUpdateKernels } from "./sgd-update.ts";

/** Kernels of mp_sgd_update. */
export const mpSgdUpdateKernels: KernelTable<SgdUpdateAttributes> = mixedUpdateKernels(sgdUpdateKernels, {
  count: 3,
  copy: 2,
  movesWeight: true,
});
