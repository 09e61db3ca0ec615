import type { Symbol as MxSymbol } from "@mxgraft/symbol";
import type { Parameters } from "./parameters.ts";
import type { TrainingState } from "./training-state.ts";

/** What callbacks at the end of an epoch of training are told besides MXNet's arguments. */
export interface EpochEnd extends Parameters {
  /** From 0. */
  readonly epoch: number;
  readonly symbol: MxSymbol;
  /** Where the run stands, for a checkpoint from which it can go on with the same numbers. */
  readonly trainingState: TrainingState;
}

/**
 * Called when an epoch of training is over, before its validation. Checkpoints of epoch `e` are numbered `e + 1`, as
 * in MXNet.
 */
export type EpochEndCallback = (end: EpochEnd) => void | Promise<void>;
