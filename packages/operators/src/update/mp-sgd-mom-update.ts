import type { OperatorSpec } from "@mxgraft/operator";
import { mixedUpdateRule } from "./mixed-update-rule.ts";
import { type SgdMomUpdateAttributes, sgdMomUpdateAttributes } from "./sgd-mom-update.ts";

/**
 * sgd_mom_update of a parameter kept in float16 and in float32, `weight32`, which is what counts.
 *
 * Shapes: weight, grad, mom, weight32 (any) -> output (as weight), the new weight.
 */
export const mpSgdMomUpdate: OperatorSpec<SgdMomUpdateAttributes> = mixedUpdateRule({
  name: "mp_sgd_mom_update",
  attributes: sgdMomUpdateAttributes,
  arguments: ["weight", "grad", "mom", "weight32"],
  full: ["mom", "weight32"],
  changes: ["mom", "weight32"],
});
