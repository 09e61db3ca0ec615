import type { OperatorSpec } from "@mxgraft/operator";
import { mixedUpdateRule } from "./mixed-update-rule.ts";
import { type NagMomUpdateAttributes, nagMomUpdateAttributes } from "./nag-mom-update.ts";

/**
 * nag_mom_update of a parameter kept in float16 and in float32, `weight32`, which is what counts.
 *
 * Shapes: weight, grad, mom, weight32 (any) -> output (as weight), the new weight.
 */
export const mpNagMomUpdate: OperatorSpec<NagMomUpdateAttributes> = mixedUpdateRule({
  name: "mp_nag_mom_update",
  attributes: nagMomUpdateAttributes,
  arguments: ["weight", "grad", "mom", "weight32"],
  full: ["mom", "weight32"],
  changes: ["mom", "weight32"],
});
