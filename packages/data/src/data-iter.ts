import type { RandomState } from "@mxgraft/base";
import type { DataBatch } from "./data-batch.ts";
import type { DataDesc } from "./data-desc.ts";

/** Where an iterator stands, as plain data that survives JSON: a resumed run sees the batches that were left. */
export interface DataIterState {
  /** Rows of this epoch that were given out. */
  readonly position: number;
  /** The stream of random numbers before it drew the order of this epoch. */
  readonly random?: RandomState;
  /** Rows of the last epoch that wait to be rolled over into this one. */
  readonly carried?: readonly number[];
}

/** A source of batches (`mx.io.DataIter`): `next` until it gives `undefined`, then `reset` for the next epoch. */
export interface DataIter {
  readonly batchSize: number;
  readonly provideData: readonly DataDesc[];
  readonly provideLabel: readonly DataDesc[];
  /** Begins an epoch; rows held back for rolling over are kept. */
  reset(): void;
  /** Begins an epoch and forgets rows held back for rolling over. */
  hardReset?(): void;
  /** The next batch, or `undefined` at the end of the epoch. An iterator that has to wait may give a promise. */
  next(): DataBatch | undefined | Promise<DataBatch | undefined>;
  /**
   * Takes back a batch of its own whose data nobody needs any more: a later batch may be made in its arrays, which spares
   * the collector of garbage the megabytes of an epoch. Labels are left alone, as metrics may keep them.
   */
  recycle?(batch: DataBatch): void;
  /** Where it stands; absent where an iterator cannot go on from a state. */
  state?(): DataIterState;
  /** Goes on from a state that an iterator over the same rows with the same options gave. */
  restore?(state: DataIterState): void;
}

/** An iterator that never has to wait; `for (const batch of iter)` goes from where it stands to the end of the epoch. */
export interface SyncDataIter extends DataIter, Iterable<DataBatch> {
  next(): DataBatch | undefined;
}

/** What `[Symbol.iterator]` of a `SyncDataIter` gives: the batches that are left. */
export function* remainingBatches(iter: SyncDataIter): Generator<DataBatch, void> {
  for (let batch = iter.next(); batch !== undefined; batch = iter.next()) yield batch;
}
