import { adamUpdate } from "./adam-update.ts";
import { ftmlUpdate } from "./ftml-update.ts";
import { ftrlUpdate } from "./ftrl-update.ts";
import { lambUpdatePhase1 } from "./lamb-update-phase1.ts";
import { lambUpdatePhase2 } from "./lamb-update-phase2.ts";
import { nagMomUpdate } from "./nag-mom-update.ts";
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
} as const;
