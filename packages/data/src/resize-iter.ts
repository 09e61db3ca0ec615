import { ValueError } from "@mxgraft/base";
import type { DataBatch } from "./data-batch.ts";
import type { DataDesc } from "./data-desc.ts";
import { remainingBatches, type SyncDataIter } from "./data-iter.ts";

/**
 * Makes an epoch a given number of batches, going through the rows of another iterator as often as needed
 * (`mx.io.ResizeIter`).
 *
 * @param size           batches of an epoch.
 * @param resetInternal  whether `reset` also resets the other iterator, or goes on where it stands. Default true.
 * @throws ValueError    `size` is no positive integer.
 */
export class ResizeIter implements SyncDataIter {
  readonly #iter: SyncDataIter;
  readonly #size: number;
  readonly #resetInternal: boolean;
  #given = 0;

  constructor(iter: SyncDataIter, size: number, resetInternal = true) {
    if (!Number.isInteger(size) || size < 1)
      throw new ValueError(`size is ${size}, expected an integer of 1 or more.`, { argument: "size", actual: size });
    this.#iter = iter;
    this.#size = size;
    this.#resetInternal = resetInternal;
  }

  get batchSize(): number {
    return this.#iter.batchSize;
  }

  get provideData(): readonly DataDesc[] {
    return this.#iter.provideData;
  }

  get provideLabel(): readonly DataDesc[] {
    return this.#iter.provideLabel;
  }

  /** Ends early only where the other iterator has no batch at all. */
  next(): DataBatch | undefined {
    if (this.#given === this.#size) return undefined;
    let batch = this.#iter.next();
    if (batch === undefined) {
      this.#iter.reset();
      batch = this.#iter.next();
    }
    this.#given++;
    return batch;
  }

  recycle(batch: DataBatch): void {
    this.#iter.recycle?.(batch);
  }

  reset(): void {
    this.#given = 0;
    if (this.#resetInternal) this.#iter.reset();
  }

  [Symbol.iterator](): Iterator<DataBatch> {
    return remainingBatches(this);
  }
}
