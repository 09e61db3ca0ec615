import { adamUpdate } from "./adam-update.ts";
import { adamwUpdate } from "./adamw-update.ts";
import { groupAdagradUpdate } from "./contrib-group-adagrad-update.ts";
import { ftmlUpdate } from "./ftml-update.ts";
import { ftrlUpdate } from "./ftrl-update.ts";
import { lambUpdatePhase1 } from "./lamb-update-phase1.ts";
import { lambUpdatePhase2 } from "./lamb-update-phase2.ts";
import { mpAdamwUpdate } from "./mp-adamw-update.ts";
import { mpLambUpdatePhase1 } from "./mp-lamb-update-phase1.ts";
import { mpLambUpdatePhase2 } from "./mp-lamb-update-phase2.ts";
import { mpNagMomUpdate } from "./mp-nag-mom-update.ts";
import { mpSgdMomUpdate } from "./mp-sgd-mom-update.ts";
import { mpSgdUpdate } from "./mp-sgd-update.ts";
import { multiLars } from "./multi-lars.ts";
import { multiMpSgdMomUpdate } from "./multi-mp-sgd-mom-update.ts";
import { multiMpSgdUpdate } from "./multi-mp-sgd-update.ts";
import { multiSgdMomUpdate } from "./multi-sgd-mom-update.ts";
import { multiSgdUpdate } from "./multi-sgd-update.ts";
import { multiSumSq } from "./multi-sum-sq.ts";
import { nagMomUpdate } from "./nag-mom-update.ts";
import { preloadedMultiMpSgdMomUpdate } from "./preloaded-multi-mp-sgd-mom-update.ts";
import { preloadedMultiMpSgdUpdate } from "./preloaded-multi-mp-sgd-update.ts";
import { preloadedMultiSgdMomUpdate } from "./preloaded-multi-sgd-mom-update.ts";
import { preloadedMultiSgdUpdate } from "./preloaded-multi-sgd-update.ts";
import { rmspropUpdate } from "./rmsprop-update.ts";
import { rmspropalexUpdate } from "./rmspropalex-update.ts";
import { sgdMomUpdate } from "./sgd-mom-update.ts";
import { sgdUpdate } from "./sgd-update.ts";
import { signsgdUpdate } from "./signsgd-update.ts";
import { signumUpdate } from "./signum-update.ts";

/** The rules by which optimizers change parameters, each under its MXNet name. */
export const updateRules = {
  adam_update: adamUpdate,
  ftml_update: ftmlUpdate,
  ftrl_update: ftrlUpdate,
  lamb_update_phase1: lambUpdatePhase1,
  lamb_update_phase2: lambUpdatePhase2,
  nag_mom_update: nagMomUpdate,
  rmsprop_update: rmspropUpdate,
  rmspropalex_update: rmspropalexUpdate,
  sgd_mom_update: sgdMomUpdate,
  sgd_update: sgdUpdate,
  signsgd_update: signsgdUpdate,
  signum_update: signumUpdate,
  multi_sgd_update: multiSgdUpdate,
  multi_sgd_mom_update: multiSgdMomUpdate,
  multi_mp_sgd_update: multiMpSgdUpdate,
  multi_mp_sgd_mom_update: multiMpSgdMomUpdate,
  preloaded_multi_sgd_update: preloadedMultiSgdUpdate,
  preloaded_multi_sgd_mom_update: preloadedMultiSgdMomUpdate,
  preloaded_multi_mp_sgd_update: preloadedMultiMpSgdUpdate,
  preloaded_multi_mp_sgd_mom_update: preloadedMultiMpSgdMomUpdate,
  multi_sum_sq: multiSumSq,
  multi_lars: multiLars,
  _contrib_group_adagrad_update: groupAdagradUpdate,
  mp_sgd_update: mpSgdUpdate,
  mp_sgd_mom_update: mpSgdMomUpdate,
  mp_nag_mom_update: mpNagMomUpdate,
  mp_lamb_update_phase1: mpLambUpdatePhase1,
  mp_lamb_update_phase2: mpLambUpdatePhase2,
  _adamw_update: adamwUpdate,
  _mp_adamw_update: mpAdamwUpdate,
} as const;
