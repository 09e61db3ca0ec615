import type { StoredArray } from "./sparse-array.ts";

/**
 * The state of one parameter: SGD's momentum, Adam's `[mean, variance]`, `null` where there is none. MXNet's tuples
 * (and lists) are arrays here.
 */
export type OptimizerState = StoredArray | null | readonly OptimizerState[];

/** What `Module.save_optimizer_states` writes. */
export interface OptimizerStates {
  /** By the index that the updater gives a parameter, a number in files of a Module, or by its name. */
  readonly states: Map<number | string, OptimizerState>;
  /** The optimizer itself, where the file was written with `dump_optimizer=True`. */
  readonly optimizer?: SavedOptimizer;
}

/** A pickled optimizer as data: its class and those of its attributes that are numbers, strings, booleans or None. */
export interface SavedOptimizer {
  /** E.g. `mxnet.optimizer.optimizer.SGD`. */
  readonly className: string;
  /** E.g. `lr`, `momentum`, `num_update`. */
  readonly attributes: Map<string, number | string | boolean | null>;
}
