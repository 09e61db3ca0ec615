import type { LambUpdatePhase1Attributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { lambUpdatePhase1Kernels } from "./lamb-update-phase1.ts";
import { mixedUpdateKernels } from "./mixed-update-kernels.ts";

/** Kernels of mp_lamb_update_phase1. */
export const mpLambUpdatePhase1Kernels: KernelTable<LambUpdatePhase1Attributes> = mixedUpdateKernels(
  lambUpdatePhase1Kernels,
  { count: 5, copy: 4, movesWeight: false },
);
