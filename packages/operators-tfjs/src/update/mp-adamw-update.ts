import type { AdamwUpdateAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { adamwUpdateKernels } from "./adamw-update.ts";
import { mixedUpdateKernels } from "./mixed-update-kernels.ts";

/** Kernels of _mp_adamw_update. */
export const mpAdamwUpdateKernels: KernelTable<AdamwUpdateAttributes> = mixedUpdateKernels(adamwUpdateKernels, {
  count: 6,
  copy: 4,
  scalars: [5],
  movesWeight: true,
});
