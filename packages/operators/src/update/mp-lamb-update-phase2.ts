import type { OperatorSpec } from "@mxgraft/operator";
import { type LambUpdatePhase2Attributes, lambUpdatePhase2Attributes } from "./lamb-update-phase2.ts";
import { mixedUpdateRule } from "./mixed-update-rule.ts";

/**
 * lamb_update_phase2 of a parameter kept in float16 and in float32, `weight32`, which is what counts. As in MXNet 1.9.1,
 * weight32 itself stays as it is.
 *
 * Shapes: weight, g, weight32 (any), r1, r2 (1) -> output (as weight), the new weight.
 */
export const mpLambUpdatePhase2: OperatorSpec<LambUpdatePhase2Attributes> = mixedUpdateRule({
  name: "mp_lamb_update_phase2",
  attributes: lambUpdatePhase2Attributes,
  arguments: ["weight", "g", "r1", "r2", "weight32"],
  full: ["g", "r1", "r2", "weight32"],
  scalars: ["r1", "r2"],
  changes: [],
});
