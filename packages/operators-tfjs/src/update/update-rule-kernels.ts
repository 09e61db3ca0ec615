import { adamUpdateKernels } from "./adam-update.ts";
import { adamwUpdateKernels } from "./adamw-update.ts";
import { groupAdagradUpdateKernels } from "./contrib-group-adagrad-update.ts";
import { ftmlUpdateKernels } from "./ftml-update.ts";
import { ftrlUpdateKernels } from "./ftrl-update.ts";
import { lambUpdatePhase1Kernels } from "./lamb-update-phase1.ts";
import { lambUpdatePhase2Kernels } from "./lamb-update-phase2.ts";
import { mpAdamwUpdateKernels } from "./mp-adamw-update.ts";
import { mpLambUpdatePhase1Kernels } from "./mp-lamb-update-phase1.ts";
import { mpLambUpdatePhase2Kernels } from "./mp-lamb-update-phase2.ts";
import { mpNagMomUpdateKernels } from "./mp-nag-mom-update.ts";
import { mpSgdMomUpdateKernels } from "./mp-sgd-mom-update.ts";
import { mpSgdUpdateKernels } from "./mp-sgd-update.ts";
import { multiLarsKernels } from "./multi-lars.ts";
import { multiMpSgdMomUpdateKernels } from "./multi-mp-sgd-mom-update.ts";
import { multiMpSgdUpdateKernels } from "./multi-mp-sgd-update.ts";
import { multiSgdMomUpdateKernels } from "./multi-sgd-mom-update.ts";
import { multiSgdUpdateKernels } from "./multi-sgd-update.ts";
import { multiSumSqKernels } from "./multi-sum-sq.ts";
import { nagMomUpdateKernels } from "./nag-mom-update.ts";
import { preloadedMultiMpSgdMomUpdateKernels } from "./preloaded-multi-mp-sgd-mom-update.ts";
import { preloadedMultiMpSgdUpdateKernels } from "./preloaded-multi-mp-sgd-update.ts";
import { preloadedMultiSgdMomUpdateKernels } from "./preloaded-multi-sgd-mom-update.ts";
import { preloadedMultiSgdUpdateKernels } from "./preloaded-multi-sgd-update.ts";
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
  multi_sgd_update: multiSgdUpdateKernels,
  multi_sgd_mom_update: multiSgdMomUpdateKernels,
  multi_mp_sgd_update: multiMpSgdUpdateKernels,
  multi_mp_sgd_mom_update: multiMpSgdMomUpdateKernels,
  preloaded_multi_sgd_update: preloadedMultiSgdUpdateKernels,
  preloaded_multi_sgd_mom_update: preloadedMultiSgdMomUpdateKernels,
  preloaded_multi_mp_sgd_update: preloadedMultiMpSgdUpdateKernels,
  preloaded_multi_mp_sgd_mom_update: preloadedMultiMpSgdMomUpdateKernels,
  multi_sum_sq: multiSumSqKernels,
  multi_lars: multiLarsKernels,
  _contrib_group_adagrad_update: groupAdagradUpdateKernels,
  mp_sgd_update: mpSgdUpdateKernels,
  mp_sgd_mom_update: mpSgdMomUpdateKernels,
  mp_nag_mom_update: mpNagMomUpdateKernels,
  mp_lamb_update_phase1: mpLambUpdatePhase1Kernels,
  mp_lamb_update_phase2: mpLambUpdatePhase2Kernels,
  _adamw_update: adamwUpdateKernels,
  _mp_adamw_update: mpAdamwUpdateKernels,
} as const;
