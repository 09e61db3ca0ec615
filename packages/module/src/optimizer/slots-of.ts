import { invariant } from "@mxgraft/base";
import type { StateCell } from "@mxgraft/executor";
import { isStateList, type OptimizerState } from "./optimizer-state.ts";

/** The one slot of a parameter. */
export function slotOf(state: OptimizerState): StateCell {
  invariant(state !== null && !isStateList(state), "the optimizer's state is not one array");
  return state;
}

/** The slots of a parameter that has several. */
export function slotsOf(state: OptimizerState): StateCell[] {
  invariant(state !== null && isStateList(state), "the optimizer's state is not a list");
  return state.map(slotOf);
}
