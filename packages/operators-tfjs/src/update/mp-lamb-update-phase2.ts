import type { LambUpdatePhase2Attributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { lambUpdatePhase2Kernels } from "./lamb-update-phase2.ts";
import { mixedUpdateKernels } from "./mixed-update-kernels.ts";

/** Kernels of mp_lamb_update_phase2. */
export const mpLambUpdatePhase2Kernels: KernelTable<LambUpdatePhase2Attributes> = mixedUpdateKernels(
  lambUpdatePhase2Kernels,
  { count: 5, copy: 4, scalars: [2, 3], movesWeight: false },
);
