import type { SgdMomUpdateAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { mixedUpdateKernels } from "./mixed-update-kernels.ts";
import { sgdMomUpdateKernels } from "./sgd-mom-update.ts";

/** Kernels of mp_sgd_mom_update. */
export const mpSgdMomUpdateKernels: KernelTable<SgdMomUpdateAttributes> = mixedUpdateKernels(sgdMomUpdateKernels, {
  count: 4,
  copy: 3,
  movesWeight: true,
});
