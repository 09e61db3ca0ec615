import type { HostArray } from "@mxgraft/base";
import { type OptimizerState, toDense } from "@mxgraft/files";

function isStateList(state: OptimizerState): state is readonly OptimizerState[] {
  return Array.isArray(state);
}

/** All arrays of the state of one parameter, in order. */
export function arraysOfState(state: OptimizerState): HostArray[] {
  if (state === null) return [];
  return isStateList(state) ? state.flatMap(arraysOfState) : [toDense(state)];
}
