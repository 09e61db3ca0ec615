import type { OperatorSpec } from "@mxgraft/operator";
import { type AdamwUpdateAttributes, adamwUpdateAttributes } from "./adamw-update.ts";
import { mixedUpdateRule } from "./mixed-update-rule.ts";

/**
 * _adamw_update of a parameter kept in float16 and in float32, `weight32`, which is what counts.
 *
 * Shapes: weight, grad, mean, var, weight32 (any), rescale_grad (1) -> output (as weight).
 */
export const mpAdamwUpdate: OperatorSpec<AdamwUpdateAttributes> = mixedUpdateRule({
  name: "_mp_adamw_update",
  attributes: adamwUpdateAttributes,
  arguments: ["weight", "grad", "mean", "var", "weight32", "rescale_grad"],
  full: ["mean", "var", "weight32", "rescale_grad"],
  scalars: ["rescale_grad"],
  changes: ["mean", "var", "weight32"],
});
