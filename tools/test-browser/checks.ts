import type { Check } from "./check.ts";
import { ACCESSIBILITY_CHECKS } from "./checks/accessibility.ts";
import { EXPORT_CHECKS } from "./checks/export.ts";
import { FIRST_VIEW_CHECKS } from "./checks/first-view.ts";
import { LAYOUT_CHECKS } from "./checks/layout.ts";
import { MODEL_CHECKS } from "./checks/model.ts";
import { OFFLINE_CHECKS } from "./checks/offline.ts";
import { PRIVACY_CHECKS } from "./checks/privacy.ts";
import { SMOOTHNESS_CHECKS } from "./checks/smoothness.ts";
import { TRAINING_CHECKS } from "./checks/training.ts";

/** Everything that the playground has to do, in this order. */
export const CHECKS: readonly Check[] = [
  ...FIRST_VIEW_CHECKS,
  ...TRAINING_CHECKS,
  ...EXPORT_CHECKS,
  ...MODEL_CHECKS,
  ...PRIVACY_CHECKS,
  ...ACCESSIBILITY_CHECKS,
  ...SMOOTHNESS_CHECKS,
  ...LAYOUT_CHECKS,
  ...OFFLINE_CHECKS,
];
