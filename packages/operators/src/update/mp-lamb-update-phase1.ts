import type { OperatorSpec } from "@mxgraft/operator";
import { type LambUpdatePhase1Attributes, lambUpdatePhase1Attributes } from "./lamb-update-phase1.ts";
import { mixedUpdateRule } from "./mixed-update-rule.ts";

/**
 * lamb_update_phase1 of a parameter kept in float16 and in float32, `weight32`, which is what counts.
 *
 * Shapes: weight, grad, mean, var, weight32 (any) -> output (as weight), the direction, in float32.
 */
export const mpLambUpdatePhase1: OperatorSpec<LambUpdatePhase1Attributes> = mixedUpdateRule({
  name: "mp_lamb_update_phase1",
  attributes: lambUpdatePhase1Attributes,
  arguments: ["weight", "grad", "mean", "var", "weight32"],
  full: ["mean", "var", "weight32"],
  changes: ["mean", "var"],
  outputType: "float32",
});
