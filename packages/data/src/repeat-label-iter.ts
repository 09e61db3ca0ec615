import { UsageError } from "@mxgraft/base";
import type { DataBatch } from "./data-batch.ts";
import type { DataDesc } from "./data-desc.ts";
import { type DataIterState, remainingBatches, type SyncDataIter } from "./data-iter.ts";

/**
 * Gives the one label of an iterator under several names, so that two losses of one graph each have theirs, as the
 * center loss example does with `softmax_label` and `center_label`. Everything else is passed on.
 *
 * @throws UsageError  the iterator has no label or several, or no name is given.
 */
export class RepeatLabelIter implements SyncDataIter {
  readonly provideLabel: readonly DataDesc[];
  readonly #iter: SyncDataIter;

  constructor(iter: SyncDataIter, names: readonly string[] = ["softmax_label", "center_label"]) {
    const [label, ...others] = iter.provideLabel;
    if (label === undefined || others.length > 0) {
      throw new UsageError(`RepeatLabelIter repeats one label; the iterator has ${iter.provideLabel.length}.`, {
        argument: "iter",
        expected: 1,
        actual: iter.provideLabel.length,
      });
    }
    if (names.length === 0)
      throw new UsageError("RepeatLabelIter needs at least one name for the label.", { argument: "names" });
    this.#iter = iter;
    this.provideLabel = names.map((name) => ({ ...label, name }));
  }

  get batchSize(): number {
    return this.#iter.batchSize;
  }

  get provideData(): readonly DataDesc[] {
    return this.#iter.provideData;
  }

  next(): DataBatch | undefined {
    const batch = this.#iter.next();
    if (batch === undefined) return undefined;
    // The same array every time: nothing writes to the arrays of a batch.
    return { ...batch, label: this.provideLabel.flatMap(() => batch.label.slice(0, 1)) };
  }

  reset(): void {
    this.#iter.reset();
  }

  hardReset(): void {
    if (this.#iter.hardReset) this.#iter.hardReset();
    else this.#iter.reset();
  }

  recycle(batch: DataBatch): void {
    this.#iter.recycle?.(batch);
  }

  state(): DataIterState {
    if (!this.#iter.state)
      throw new UsageError("The iterator under RepeatLabelIter has no state to save.", { argument: "iter" });
    return this.#iter.state();
  }

  restore(state: DataIterState): void {
    if (!this.#iter.restore)
      throw new UsageError("The iterator under RepeatLabelIter cannot restore a state.", { argument: "iter" });
    this.#iter.restore(state);
  }

  [Symbol.iterator](): Iterator<DataBatch> {
    return remainingBatches(this);
  }
}
