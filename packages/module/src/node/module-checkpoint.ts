import type { EpochEndCallback } from "../module/epoch-end.ts";
import type { Module } from "./module.ts";

export interface ModuleCheckpointOptions {
  /** Epochs between two checkpoints, default 1. */
  readonly period?: number;
  /** Whether the slots of the optimizer are written too; default false. */
  readonly saveOptimizerStates?: boolean;
  /** Whether all is written that a run needs to go on with the same numbers, slots included; default false. */
  readonly saveTrainingState?: boolean;
}

/** A callback for the end of an epoch that writes a checkpoint of a module; see `Module.saveCheckpoint`. */
export function moduleCheckpoint(
  module: Module,
  prefix: string,
  { period = 1, saveOptimizerStates = false, saveTrainingState = false }: ModuleCheckpointOptions = {},
): EpochEndCallback {
  const every = Math.max(1, Math.trunc(period));
  return async ({ epoch, trainingState }) => {
    if ((epoch + 1) % every !== 0) return;
    await module.saveCheckpoint(prefix, epoch + 1, {
      saveOptimizerStates: saveOptimizerStates || saveTrainingState,
      ...(saveTrainingState ? { trainingState } : {}),
    });
  };
}
