import { adamUpdateKernels } from "./adam-update.ts";
import { ftmlUpdateKernels } from "./ftml-update.ts";
import { ftrlUpdateKernels } from "./ftrl-update.ts";
import { lambUpdatePhase1Kernels } from "./lamb-update-phase1.ts";
import { lambUpdatePhase2Kernels } from "./lamb-update-phase2.ts";
import { nagMomUpdateKernels } from "./nag-mom-update.ts";
import { rmspropUpdateKernels } from "./rmsprop-update.ts";
import { rmspropalexUpdateKernels } from "./rmspropalex-update.ts";
import { sgdMomUpdateKernels } from "./sgd-mom-update.ts";
import { sgdUpdateKernels } from "./sgd-update.ts";
import { signsgdUpdateKernels } from "./signsgd-update.ts";
import { signumUpdateKernels } from "./signum-update.ts";

/** The kernels of the update rules, each under its MXNet name. */
export const updateRuleKernels = {
  adam_update: adamUpdateKernels,
  ftml_update: ftmlUpdateKernels,
  ftrl_update: ftrlUpdateKernels,
  lamb_update_phase1: lambUpdatePhase1Kernels,
  lamb_update_phase2: lambUpdatePhase2Kernels,
  nag_mom_update: nagMomUpdateKernels,
  rmsprop_update: rmspropUpdateKernels,
  rmspropalex_update: rmspropalexUpdateKernels,
  sgd_mom_update: sgdMomUpdateKernels,
  sgd_update: sgdUpdateKernels,
  signsgd_update: signsgdUpdateKernels,
  signum_update: signumUpdateKernels,
} as const;
