import type { OperatorSpec } from "@mxgraft/operator";
import { mixedUpdateRule } from "./mixed-update-rule.ts";
import { type SgdUpdateAttributes, sgdUpdateAttributes } from "./sgd-update.ts";

/**
 * sgd_update of a parameter kept in float16 and in float32, `weight32`, which is what counts.
 *
 * Shapes: weight, grad, weight32 (any) -> output (as weight), the new weight.
 */
export const mpSgdUpdate: OperatorSpec<SgdUpdateAttributes> = mixedUpdateRule({
  name: "mp_sgd_update",
  attributes: sgdUpdateAttributes,
  arguments: ["weight", "grad", "weight32"],
  full: ["weight32"],
  changes: ["weight32"],
});
