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
  /**
   * Absent at the end of an evaluation. It stays as it is for a callback that asks for it before it returns; the arrays
   * of others may go back to the iterator, for a later batch.
   */
  readonly batch?: DataBatch;
}

export interface BatchEndCallback {
  (param: BatchEndParam): void | Promise<void>;
  /**
   * Whether it looks at the metric after a batch. It is taken to look at it after each when it does not say, which on
   * backends that give values by promise alone (webgpu) makes each step wait for the device.
   */
  readonly looksAtMetric?: (nbatch: number) => boolean;
}

/** One callback, several, or none. */
export type Callbacks<C> = C | readonly C[] | null | undefined;

/** Callbacks as a list. */
export function callbackList<C extends (...args: never[]) => unknown>(callbacks: Callbacks<C>): readonly C[] {
  if (callbacks === null || callbacks === undefined) return [];
  return typeof callbacks === "function" ? [callbacks] : callbacks;
}

/**
 * Tells callbacks of the end of a batch.
 *
 * @returns whether one of them has asked for the batch, and so may keep it.
 */
export async function callBack(
  callbacks: readonly BatchEndCallback[],
  param: Omit<BatchEndParam, "batch">,
  batch: DataBatch,
): Promise<boolean> {
  if (callbacks.some(({ looksAtMetric }) => looksAtMetric?.(param.nbatch) ?? true)) await param.module.fetchMetric();
  let isSeen = false;
  const told: BatchEndParam = {
    ...param,
    get batch() {
      isSeen = true;
      return batch;
    },
  };
  for (const callback of callbacks) await callback(told);
  return isSeen;
}
