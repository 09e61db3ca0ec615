import type { NagMomUpdateAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { mixedUpdateKernels } from "./mixed-update-kernels.ts";
import { nagMomUpdateKernels } from "./nag-mom-update.ts";

/** Kernels of mp_nag_mom_update. */
export const mpNagMomUpdateKernels: KernelTable<NagMomUpdateAttributes> = mixedUpdateKernels(nagMomUpdateKernels, {
  count: 4,
  copy: 3,
  movesWeight: true,
});
