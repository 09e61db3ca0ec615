import type { FeatureFigures } from "./feature-figures.ts";

/** Measured while training: means over the epoch so far. */
export interface TrainingMetrics {
  readonly accuracy: number;
  /** Softmax cross entropy. */
  readonly loss: number;
  readonly centerLoss: number;
}

/** After a batch. */
export interface BatchReport extends TrainingMetrics {
  /** From 1. */
  readonly epoch: number;
  readonly lastEpoch: number;
  /** From 1. */
  readonly batch: number;
  /** Batches of an epoch. */
  readonly batches: number;
  /** Since the epoch began. */
  readonly samplesPerSecond: number;
  /** Until all epochs are done, at the speed so far. */
  readonly secondsLeft: number;
}

/** After an epoch with its validation. */
export interface EpochReport {
  /** From 1. */
  readonly epoch: number;
  readonly train: TrainingMetrics;
  /** With the parameters at the end of the epoch. */
  readonly test: TrainingMetrics;
  /** Of the training, without the validation. */
  readonly seconds: number;
  readonly samplesPerSecond: number;
  /** Learning rate of the last batch. */
  readonly lr: number;
}

/** What a run gave. */
export interface DigitsResult {
  readonly epochs: readonly EpochReport[];
  /** Of all test digits with the final parameters. */
  readonly figures: FeatureFigures;
  /** Everything, pictures and evaluation included. */
  readonly seconds: number;
}
