import type { DataBatch } from "@mxgraft/data";
import type { EvalMetric } from "@mxgraft/metric";
import type { BaseModule } from "./base-module.ts";

/** What callbacks at the end of a batch, or of an evaluation, are told. */
export interface BatchEndParam {
  /** From 0. */
  readonly epoch: number;
  /** From 0; at the end of an evaluation the number of batches. */
  readonly nbatch: number;
  /** Its sums are those since the last `resetLocal`. */
  readonly evalMetric: EvalMetric;
  /** Rows of this epoch so far, without padding. */
  readonly samples: number;
  /** Milliseconds since the epoch began. */
  readonly elapsed: number;
  /** The epoch at which training ends; absent outside `fit`. */
  readonly numEpoch?: number;
  readonly module: BaseModule;
  /** Absent at the end of an evaluation. */
  readonly batch?: DataBatch;
}

export type BatchEndCallback = (param: BatchEndParam) => void | Promise<void>;

/** One callback, several, or none. */
export type Callbacks<C> = C | readonly C[] | null | undefined;

/** Callbacks as a list. */
export function callbackList<C extends (...args: never[]) => unknown>(callbacks: Callbacks<C>): readonly C[] {
  if (callbacks === null || callbacks === undefined) return [];
  return typeof callbacks === "function" ? [callbacks] : callbacks;
}
