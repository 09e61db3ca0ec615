import type { StateCell } from "@mxgraft/executor";

/**
 * What an optimizer remembers of one parameter, nested as MXNet nests it: SGD's momentum, Adam's `[mean, variance]`,
 * `null` where there is nothing.
 */
export type OptimizerState = StateCell | null | readonly OptimizerState[];

/** The index that an updater gives a parameter: a number in a Module. */
export type ParameterIndex = number | string;

export function isStateList(state: OptimizerState): state is readonly OptimizerState[] {
  return Array.isArray(state);
}

/** All cells of a state, in order. */
export function cellsOf(state: OptimizerState): StateCell[] {
  if (state === null) return [];
  return isStateList(state) ? state.flatMap(cellsOf) : [state];
}
